// Finds the Chromium that the editor test drives.
import { existsSync } from 'node:fs';

import { ClearError } from './say.mjs';

const USUAL_PLACES = [
	'/usr/bin/chromium',
	'/usr/bin/chromium-browser',
	'/usr/bin/google-chrome',
	'/snap/bin/chromium',
	'/Applications/Chromium.app/Contents/MacOS/Chromium',
	'/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

export function findChromium() {
	const chosen = process.env.CHROMIUM_PATH;
	const found = (chosen ? [chosen] : USUAL_PLACES).find((path) => existsSync(path));
	if (found) return found;
	throw new ClearError(
		`${chosen ? `There is no ${chosen}` : 'Chromium was not found'}, and the editor test needs it. ` +
			'On Debian or Ubuntu: sudo apt-get install chromium. Elsewhere install Chromium or Chrome ' +
			'and name its program in CHROMIUM_PATH.',
	);
}
