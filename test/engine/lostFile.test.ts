// A file that n8n loses while it is being sent: told by its name through n8n's HTTP helper, and never as one that was charged.
import { rm } from 'node:fs/promises';
import { join } from 'node:path';

import { NodeConnectionTypes, type INodeType } from 'n8n-workflow';

import { EvoLinkApi } from '../../credentials/EvoLinkApi.credentials';
import { connect } from '../../pipeline/session';
import { send } from '../../pipeline/http/send';
import { fileOf } from '../../pipeline/media/files';
import type { LocalFile } from '../../pipeline/http/fileToSend';
import { createEvoLink } from '../../providers/evolink';
import { ImageFailure } from '../../providers/failure';
import { startSandbox, type Sandbox } from '../../sandbox';
import { startEngine, type Engine } from './support';
import { userFolder } from './support/environment';

let engine: Engine;
let sandbox: Sandbox;
beforeAll(async () => {
	engine = await startEngine({ credentialTypes: [new EvoLinkApi()] });
	sandbox = await startSandbox();
});
afterAll(async () => {
	await engine.close();
	await sandbox.close();
});

/** Stores these files, loses some of them, and sends all in one form. */
function nodeThatLoses(lost: string[], caught: (error: unknown) => void): INodeType {
	const { baseUrl, filesBaseUrl } = sandbox.evolink;
	return {
		description: {
			displayName: 'Loses Files',
			name: 'engineTestLosesFiles',
			group: ['transform'],
			version: 1,
			description: 'Sends files that are gone',
			defaults: { name: 'Loses Files' },
			inputs: [NodeConnectionTypes.Main],
			outputs: [NodeConnectionTypes.Main],
			credentials: [{ name: 'evoLinkApi', required: true }],
			properties: [],
		},
		async execute() {
			const form: Array<{ name: string; file: LocalFile }> = [];
			for (const name of ['first.png', 'second.png']) {
				const data = await this.helpers.prepareBinaryData(Buffer.alloc(200_000), name, 'image/png');
				form.push({ name: 'file', file: { label: name, file: await fileOf(this, data, name) } });
				const [, path] = String(data.id).split(':');
				if (lost.includes(name)) await rm(join(userFolder, 'storage', path!), { force: false });
			}
			const evoLink = createEvoLink({ baseUrl, filesBaseUrl });
			const connection = connect(this, 'evoLinkApi', evoLink, []);
			const request = { ...evoLink.upload.request({ label: 'x' }), form };
			await send(connection, request, { isPaid: true }).catch(caught);
			return [[{ json: {} }]];
		},
	};
}

test.each([
	['before anything is sent', ['first.png', 'second.png'], 'first.png'],
	['while the form is being sent', ['second.png'], 'second.png'],
])('%s', async (_when, lost, told) => {
	let failure: unknown;
	const run = await engine.run({
		node: nodeThatLoses(lost, (error) => (failure = error)),
		parameters: {},
		credentials: {
			evoLinkApi: { apiKey: sandbox.evolink.addKey(), baseUrl: '', filesBaseUrl: '' },
		},
	});
	expect(run.error).toBeUndefined();
	expect(failure).toBeInstanceOf(ImageFailure);
	expect((failure as ImageFailure).details).toMatchObject({
		kind: 'badInput',
		message: expect.stringMatching(new RegExp(`^The file "${told}" could not be read: `)),
		advice: expect.stringContaining('Nothing was sent that could be charged.'),
	});
});
