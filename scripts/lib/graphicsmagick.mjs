// Says how to install GraphicsMagick, which n8n's Edit Image node calls, where it is missing.
import { existsSync, readFileSync } from 'node:fs';

import { plainEnvironment } from './environment.mjs';
import { run } from './processes.mjs';

const OS_RELEASE = '/etc/os-release';

/** By what /etc/os-release calls the system, or those that it is like. */
const LINUX_COMMANDS = [
	[/^(debian|ubuntu)$/, 'sudo apt-get install graphicsmagick'],
	[/^(fedora|rhel|centos)$/, 'sudo dnf install GraphicsMagick'],
	[/^(arch|manjaro)$/, 'sudo pacman -S graphicsmagick'],
	[/^(opensuse.*|suse|sles)$/, 'sudo zypper install GraphicsMagick'],
	[/^alpine$/, 'sudo apk add graphicsmagick'],
];
const ELSEWHERE = 'see http://www.graphicsmagick.org/download.html';

/** @param {string} osRelease what /etc/os-release says, on Linux */
export function installCommand(platform, osRelease) {
	if (platform === 'darwin') return 'brew install graphicsmagick';
	if (platform === 'win32') return 'choco install graphicsmagick';
	const names = [...osRelease.matchAll(/^ID(?:_LIKE)?=["']?([^"'\n]*)/gm)].flatMap(([, words]) =>
		words.toLowerCase().split(/\s+/),
	);
	const fitting = names.map((name) => LINUX_COMMANDS.find(([system]) => system.test(name)));
	return fitting.find(Boolean)?.[1] ?? ELSEWHERE;
}

/** Undefined where it is installed. */
export async function graphicsMagickNote() {
	const { output } = await run('gm', ['version'], { env: plainEnvironment() });
	if (/GraphicsMagick/i.test(output)) return undefined;
	const osRelease = existsSync(OS_RELEASE) ? readFileSync(OS_RELEASE, 'utf8') : '';
	return (
		'n8n’s node Edit Image needs GraphicsMagick, which is not installed here. To install it: ' +
		`${installCommand(process.platform, osRelease)}. Without it, switch off two steps before you run their examples: ` +
		'“Exact pixels” in “A post every morning” and “Bring exact pixels” in “Every format from one idea”. ' +
		'Select the step and press D. Everything else works.'
	);
}
