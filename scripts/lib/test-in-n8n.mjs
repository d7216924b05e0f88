// Runs tests of test/n8n in the n8n in use: a new one, with the package, the examples and their credentials in it.
import { rmSync } from 'node:fs';

import { bringTables, importExamples } from './bring-examples.mjs';
import { sandboxCredentials } from './credentials.mjs';
import { projectEnvironment } from './environment.mjs';
import { examplesFolder, readExamples, readTables } from './examples.mjs';
import { startN8n } from './n8n.mjs';
import { n8nInUse } from './n8n-versions.mjs';
import { owner, signIn } from './n8n-rest.mjs';
import { installNodePackage } from './node-package.mjs';
import { inLocal, inRoot, projectNode, root } from './paths.mjs';
import { freePort } from './ports.mjs';
import { runVisibly } from './processes.mjs';
import { step } from './say.mjs';

/** The tests activate the trigger themselves, as a person does in the editor. */
const inactive = (example) => ({ ...example, workflow: { ...example.workflow, active: false } });

/**
 * @param {object} options
 * @param {string} options.tarball the packed package
 * @param {string} options.name what the n8n's folder and its log are called
 * @param {string} [options.chromium] the browser's program, where tests open the editor
 * @param {Record<string, string>} [options.environment] more environment variables for n8n
 * @param {string[]} options.jestArguments
 * @returns {Promise<{code: number, logFile: string}>} jest's exit code, and what n8n printed
 */
export async function testInN8n({ tarball, name, chromium, environment, jestArguments }) {
	const userFolder = inLocal(name);
	rmSync(userFolder, { recursive: true, force: true });
	await installNodePackage(userFolder, tarball);
	const [n8nPort, sandboxPort] = [await freePort(), await freePort()];
	step('Importing the example workflows and their credentials into a new n8n');
	await importExamples({
		userFolder,
		examples: readExamples(examplesFolder, { n8n: n8nPort, sandbox: sandboxPort }).map(inactive),
		credentials: sandboxCredentials(sandboxPort),
	});
	step('Starting n8n');
	const n8n = await startN8n({ userFolder, port: n8nPort, logName: name, extra: environment });
	try {
		const asOwner = await signIn(n8n.url);
		await bringTables({ n8n: asOwner, userFolder, tables: readTables(examplesFolder) });

		step('Tests in n8n');
		const { version, folder } = n8nInUse();
		const settings = {
			url: n8n.url,
			cookie: asOwner.cookie,
			owner,
			n8nApp: folder,
			n8nVersion: version,
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
				...jestArguments,
			],
			{ cwd: root, env: projectEnvironment({ IMAGEGEN_N8N_TEST: JSON.stringify(settings) }) },
		);
		return { code, logFile: n8n.logFile };
	} finally {
		await n8n.stop();
	}
}
