// npm run test:n8n: the packed package in a real n8n process, and the editor in headless Chromium.
// Further arguments go to jest, for example: npm run test:n8n -- editor
import { rmSync } from 'node:fs';

import { packedPackage } from './lib/build.mjs';
import { findChromium } from './lib/chromium.mjs';
import { projectEnvironment } from './lib/environment.mjs';
import { sandboxCredentials } from './lib/credentials.mjs';
import { examplesFolder, importExamples, readExamples } from './lib/examples.mjs';
import { main } from './lib/main.mjs';
import { startN8n } from './lib/n8n.mjs';
import { setUpN8n } from './lib/n8n-app.mjs';
import { owner, signIn } from './lib/n8n-rest.mjs';
import { installNodePackage } from './lib/node-package.mjs';
import { inLocal, inRoot, n8nApp, projectNode, root } from './lib/paths.mjs';
import { freePort } from './lib/ports.mjs';
import { runVisibly } from './lib/processes.mjs';
import { say, step } from './lib/say.mjs';
import { setUpProject } from './lib/setup.mjs';

/** The tests activate the trigger themselves, as a person does in the editor. */
const inactive = (example) => ({ ...example, workflow: { ...example.workflow, active: false } });

await main(async () => {
	const chromium = findChromium();
	await setUpProject();
	await setUpN8n();
	const tarball = await packedPackage();

	const userFolder = inLocal('n8n-test');
	rmSync(userFolder, { recursive: true, force: true });
	await installNodePackage(userFolder, tarball);
	const [n8nPort, sandboxPort] = [await freePort(), await freePort()];
	step('Importing the example workflows and their credentials into a new n8n');
	await importExamples({
		userFolder,
		examples: readExamples(examplesFolder, n8nPort).map(inactive),
		credentials: sandboxCredentials(sandboxPort),
	});
	step('Starting n8n');
	const n8n = await startN8n({ userFolder, port: n8nPort, logName: 'n8n-test' });
	const { cookie } = await signIn(n8n.url);

	step('Tests in n8n');
	const settings = {
		url: n8n.url,
		cookie,
		owner,
		n8nApp,
		sandboxPort,
		chromium,
		screenshots: inLocal('screenshots'),
	};
	const code = await runVisibly(
		projectNode,
		[
			'--experimental-vm-modules',
			inRoot('node_modules', 'jest', 'bin', 'jest.js'),
			'--config',
			inRoot('test', 'n8n', 'jest.config.js'),
			'--runInBand',
			...process.argv.slice(2),
		],
		{ cwd: root, env: projectEnvironment({ IMAGEGEN_N8N_TEST: JSON.stringify(settings) }) },
	);
	if (code !== 0) say(`\nWhat n8n itself printed is in ${n8n.logFile}`);
	return code;
});
