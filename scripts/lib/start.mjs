// From the installed packages to a running editor, with the sandbox beside it. What fails on the way becomes a note.
import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { allArePublished, bringTables, importExamples, missingTables } from './bring-examples.mjs';
import { packedPackage } from './build.mjs';
import { makeCheckImage } from './check-image.mjs';
import { sandboxCredentials } from './credentials.mjs';
import { tellCrm } from './crm-webhook.mjs';
import { examplesFolder, readExamples, readTables } from './examples.mjs';
import { graphicsMagickNote } from './graphicsmagick.mjs';
import { startN8n } from './n8n.mjs';
import { OtherLoginError, owner, signIn } from './n8n-rest.mjs';
import { installedPackage, installNodePackage } from './node-package.mjs';
import { createNotes } from './notes.mjs';
import { usablePort } from './ports.mjs';
import { alreadyRunning, tellOthers } from './running.mjs';
import { startSandboxServer } from './sandbox-server.mjs';
import { say, step } from './say.mjs';

const FIRST_EXAMPLE = 'first-image';

async function choosePorts(chosen, notes) {
	const n8n = await usablePort({ chosen: chosen.n8n, usual: 5678, what: 'n8n' });
	const sandbox = await usablePort({ chosen: chosen.sandbox, usual: 8788, what: 'the sandbox' });
	notes.add(n8n.note);
	notes.add(sandbox.note);
	return { n8n: n8n.port, sandbox: sandbox.port };
}

/** Puts our package into n8n. One that can't be built or installed leaves the last one in its place, if there is one. */
async function installPackage(userFolder, notes) {
	const install = async () => {
		const tarball = await packedPackage();
		await installNodePackage(userFolder, tarball);
		return tarball;
	};
	if (!existsSync(installedPackage(userFolder))) return await install();
	return await notes.attempt('n8n runs with the package as it was last time', install);
}

/** Whether everything that a workflow asks is our sandbox: what a person has given a key of their own is not touched. */
async function asksOnlySandbox({ n8n, workflow, credentials }) {
	for (const node of workflow.nodes) {
		for (const { id } of Object.values(node.credentials ?? {})) {
			const ours = credentials.find((credential) => credential.id === id);
			if (!ours) return false;
			const { baseUrl } = await n8n.credentialData(id);
			if (baseUrl !== ours.data.baseUrl) return false;
		}
	}
	return true;
}

/**
 * Publishes the examples that are new, and those that were published already once more: the sandbox forgets everything
 * when it ends, so triggers that register themselves at the provider have to do it again. Answers which workflows there are.
 */
async function publishExamples({ n8n, examples, toPublish, credentials, notes }) {
	const there = new Set(await n8n.workflowIds());
	for (const { workflow } of examples.filter((example) => example.workflow.active)) {
		if (!there.has(workflow.id)) continue;
		await notes.attempt(`The trigger of “${workflow.name}” does not listen`, async () => {
			const present = await n8n.workflow(workflow.id);
			if (!(await asksOnlySandbox({ n8n, workflow: present, credentials }))) return;
			if (present.active) await n8n.publishAgain(present);
			else if (toPublish.includes(workflow.id)) await n8n.publish(present);
		});
	}
	return there;
}

/** Signs in as n8n's owner. Undefined where the owner has another login by now, or where that fails. */
async function signInAsOwner(url, notes) {
	try {
		return await signIn(url);
	} catch (error) {
		if (!(error instanceof OtherLoginError)) {
			notes.addFailure('Signing in to n8n failed', error);
			return undefined;
		}
		notes.add(
			`${error.message} The sandbox has forgotten the triggers of “Receive finished batches” and “Half price: the batch is done”: to use one, unpublish and publish it.`,
		);
		return undefined;
	}
}

/** Makes the Data Tables of the examples, or says how the person makes them, who alone can sign in. */
async function makeTables({ n8n, userFolder, notes }) {
	const tables = readTables(examplesFolder);
	if (n8n) {
		await notes.attempt('The examples lack a Data Table', async () => {
			await bringTables({ n8n, userFolder, tables });
		});
		return;
	}
	for (const { name, path } of missingTables(userFolder, tables)) {
		notes.add(
			`An example needs the Data Table “${name}”. To make it: in n8n’s overview under Data tables, choose Create data table and Import CSV, and take the file ${path}. Call it ${name}.`,
		);
	}
}

/** Does what only the owner can. Answers the workflow to open first, unless nobody knows whether it is still there. */
async function asOwner({ n8n, userFolder, examples, toPublish, credentials, notes }) {
	const first = examples.find(({ name }) => name === FIRST_EXAMPLE)?.workflow.id;
	return await notes.attempt('The triggers of the examples do not listen', async () => {
		const there = await publishExamples({ n8n, examples, toPublish, credentials, notes });
		if (toPublish.length > 0) allArePublished(userFolder);
		return there.has(first) ? first : undefined;
	});
}

/** The example as its file says, under an ID of its own. */
function checkOf(examples) {
	const example = examples.find(({ name }) => name === FIRST_EXAMPLE);
	if (!example) throw new Error(`There is no ${FIRST_EXAMPLE}.json in ${examplesFolder}.`);
	return { ...example, workflow: { ...example.workflow, id: 'imagegenCheck', tags: [] } };
}

function whereThingsAre({ url, opens, login, sandboxUrl }) {
	const lines = [
		`Open in your browser:  ${url}${opens ? `/workflow/${opens}` : '/home/workflows'}`,
	];
	if (login)
		lines.push(`Email:                 ${login.email}`, `Password:              ${login.password}`);
	else lines.push('Sign in with the email and the password that you have chosen.');
	lines.push(
		'',
		'The sandbox stands in for the image providers: it draws a pattern with your words on it. What uses',
		'its credentials sends nothing out and costs nothing. Its page shows keys, prices, tasks and faults,',
		'and leads to the social network, the CRM and the file store of the examples:',
		`                       ${sandboxUrl}`,
	);
	return lines.join('\n');
}

/**
 * @param {object} options
 * @param {string} options.folder where the data of n8n and of the check lies, and the images go
 * @param {{n8n?: string, sandbox?: string}} options.ports those that a person has chosen
 * @returns {Promise<{failures: number, end: Promise<string>} | undefined>}
 *   how many things have failed, and what says that a server has ended by itself; undefined where it already runs
 */
export async function start({ folder, ports }) {
	const running = await alreadyRunning(folder);
	if (running) {
		say(`\nIt already runs in another window.\n\n${running}`);
		return undefined;
	}
	const notes = createNotes();
	const userFolder = join(folder, 'n8n');
	const usable = await choosePorts(ports, notes);
	const { n8n: n8nPort, sandbox: sandboxPort } = usable;
	const credentials = sandboxCredentials(sandboxPort);
	const tarball = await installPackage(userFolder, notes);

	step('Starting the sandbox');
	const sandbox = await notes.attempt(
		'The sandbox does not run, so nothing can be tried without a key',
		async () => await startSandboxServer(sandboxPort),
	);
	step('Bringing the example workflows and their credentials into n8n');
	const { examples, toPublish } = (await notes.attempt(
		'The examples were not brought into n8n',
		async () => {
			const read = readExamples(examplesFolder, usable);
			return {
				examples: read,
				toPublish: await importExamples({ userFolder, examples: read, credentials }),
			};
		},
	)) ?? { examples: [], toPublish: [] };

	step('Starting n8n, and making an image to see that everything works');
	const check = async () =>
		await makeCheckImage({
			userFolder: join(folder, 'n8n-check'),
			example: checkOf(readExamples(examplesFolder, usable)),
			credentials,
			tarball,
			folder: join(folder, 'images'),
		});
	const [server, images] = await Promise.all([
		startN8n({ userFolder, port: n8nPort }),
		// Without a build there is nothing to make it with, which a note says already.
		tarball &&
			notes.attempt('The image that was to show that everything works was not made', check),
	]);
	const n8n = await signInAsOwner(server.url, notes);
	await makeTables({ n8n, userFolder, notes });
	const opens =
		n8n && (await asOwner({ n8n, userFolder, examples, toPublish, credentials, notes }));
	if (sandbox) {
		await notes.attempt('The sandbox’s CRM does not tell the example “CRM picture”', async () => {
			await tellCrm({ examples, n8nUrl: server.url, sandboxPort });
		});
	}
	notes.add(await graphicsMagickNote());

	const sandboxUrl = `http://127.0.0.1:${sandboxPort}`;
	const words = whereThingsAre({ url: server.url, opens, login: n8n && owner, sandboxUrl });
	say(`\n${words}`);
	if (images) say(`\nn8n and the sandbox have made this image:\n  ${images.join('\n  ')}`);
	notes.print();
	tellOthers(folder, { url: server.url, words });
	const ended = [
		server.ended.then(() => `n8n ended by itself. Its log is ${server.logFile}.`),
		sandbox?.ended.then(() => `The sandbox ended by itself. Its log is ${sandbox.logFile}.`),
	];
	return { failures: notes.failures(), end: Promise.race(ended.filter(Boolean)) };
}
