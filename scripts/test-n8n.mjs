// npm run test:n8n: the packed package in a real n8n process, and the editor in headless Chromium.
// Further arguments go to jest, for example: npm run test:n8n -- editor
import { packedPackage } from './lib/build.mjs';
import { findChromium } from './lib/chromium.mjs';
import { main } from './lib/main.mjs';
import { setUpN8n } from './lib/n8n-app.mjs';
import { say } from './lib/say.mjs';
import { setUpProject } from './lib/setup.mjs';
import { testInN8n } from './lib/test-in-n8n.mjs';

await main(async () => {
	const chromium = findChromium();
	await setUpProject();
	await setUpN8n();
	const { code, logFile } = await testInN8n({
		tarball: await packedPackage(),
		name: 'n8n-test',
		chromium,
		jestArguments: process.argv.slice(2),
	});
	if (code !== 0) say(`\nWhat n8n itself printed is in ${logFile}`);
	return code;
});
