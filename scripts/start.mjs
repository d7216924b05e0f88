// npm start: from a fresh clone to a running n8n with the package, the sandbox and a first image.
import { parseArgs } from 'node:util';

import { packedPackage } from './lib/build.mjs';
import { sandboxCredentials } from './lib/credentials.mjs';
import { examplesFolder, importExamples, readExamples } from './lib/examples.mjs';
import { main } from './lib/main.mjs';
import { startN8n } from './lib/n8n.mjs';
import { setUpN8n } from './lib/n8n-app.mjs';
import { owner, signIn } from './lib/n8n-rest.mjs';
import { installNodePackage } from './lib/node-package.mjs';
import { inLocal } from './lib/paths.mjs';
import { usablePort } from './lib/ports.mjs';
import { runExample } from './lib/run-example.mjs';
import { startSandboxServer } from './lib/sandbox-server.mjs';
import { ClearError, say, step } from './lib/say.mjs';
import { setUpProject } from './lib/setup.mjs';

const FIRST_EXAMPLE = 'first-image';
const USAGE = `npm start                          n8n with the package, on loopback, until Ctrl-C
npm start -- --once                the same, but ends after the first workflow ran
npm start -- --port 5688           n8n on another port (or set N8N_PORT)
npm start -- --sandbox-port 8798   the sandbox on another port (or set SANDBOX_PORT)`;

function readOptions() {
	try {
		return parseArgs({
			options: {
				once: { type: 'boolean', default: false },
				port: { type: 'string' },
				'sandbox-port': { type: 'string' },
				help: { type: 'boolean', default: false },
			},
		}).values;
	} catch (error) {
		throw new ClearError(`${error.message}\n\n${USAGE}`);
	}
}

async function choosePorts(options) {
	const n8nPort = await usablePort({
		chosen: options.port ?? process.env.N8N_PORT,
		usual: 5678,
		what: 'n8n',
		how: 'npm start -- --port N',
	});
	const sandboxPort = await usablePort({
		chosen: options['sandbox-port'] ?? process.env.SANDBOX_PORT,
		usual: 8788,
		what: 'the sandbox',
		how: 'npm start -- --sandbox-port N',
	});
	return { n8nPort, sandboxPort };
}

function showResult({ result, workflow }) {
	say(
		`\nThe workflow "${workflow.name}" ran in n8n (execution ${result.executionId}). Its images:`,
	);
	for (const image of result.images) say(`  ${image}`);
}

function showWhereThingsAre({ workflow, url, credentials }) {
	say(`\nOpen in your browser:  ${url}/workflow/${workflow.id}`);
	say(`Email:                 ${owner.email}`);
	say(`Password:              ${owner.password}`);
	say('\nThe sandbox stands in for the image providers:');
	for (const { provider, data } of credentials) say(`  ${provider.padEnd(11)} ${data.baseUrl}`);
	say('Nothing is sent out and nothing costs money. Ctrl-C ends all of it.');
}

async function endsByItself({ n8n, sandbox }) {
	const [name, logFile] = await Promise.race([
		n8n.ended.then(() => ['n8n', n8n.logFile]),
		sandbox.ended.then(() => ['The sandbox', sandbox.logFile]),
	]);
	throw new ClearError(`${name} ended by itself. Its log is ${logFile}.`);
}

await main(async ({ serving }) => {
	const options = readOptions();
	if (options.help) return say(USAGE);
	const { n8nPort, sandboxPort } = await choosePorts(options);
	const userFolder = inLocal('n8n');
	const credentials = sandboxCredentials(sandboxPort);

	await setUpProject();
	await setUpN8n();
	const tarball = await packedPackage();
	await installNodePackage(userFolder, tarball);

	const examples = readExamples(examplesFolder, n8nPort);
	const example = examples.find(({ name }) => name === FIRST_EXAMPLE);
	if (!example) throw new ClearError(`There is no ${FIRST_EXAMPLE}.json in ${examplesFolder}.`);

	step('Starting the sandbox');
	const sandbox = await startSandboxServer(sandboxPort);
	step('Importing the example workflows and their credentials');
	await importExamples({ userFolder, examples, credentials });
	step('Starting n8n');
	const server = await startN8n({ userFolder, port: n8nPort });
	const n8n = await signIn(server.url);
	for (const { workflow } of examples.filter(({ workflow }) => workflow.active)) {
		await n8n.publishAgain(workflow.id);
	}
	step(`Running the workflow "${example.workflow.name}"`);
	const result = await runExample({ n8n, example, folder: inLocal('images') });
	if (result.images.length === 0) {
		throw new ClearError(
			`The workflow ran but made no image. Start n8n with npm start and look at its Executions.`,
		);
	}
	const { workflow } = example;
	showResult({ result, workflow });
	if (options.once) {
		say('\nDone. Without --once, n8n keeps running so that you can open its editor.');
		return 0;
	}
	showWhereThingsAre({ workflow, url: server.url, credentials });
	return await Promise.race([serving(), endsByItself({ n8n: server, sandbox })]);
});
