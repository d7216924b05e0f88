// A server that quotes the key, or the callback's token, in any way: neither leaves the nodes in an error, an item, a hint, the
// log, the editor's lists or the saved execution.
import { inspect } from 'node:util';

import { Fal } from '../../../nodes/Fal/Fal.node';
import { tokenOf } from '../../../pipeline/callbacks/callbackUrl';
import type { FalFaults } from '../../../sandbox/fal/faults';
import { otherServers } from '../support';
import { HIDDEN, leaksIn, leaksOf, quotedInEveryWay } from '../support/secrets';
import { LINKS, modelById, startBench, until, type Bench } from './setup';

const MODEL = 'fal-ai/flux/dev';
const KEY = 'quoted-7hGq2wXz9:se/cret_Pb4tR.8kLm==';
const TOKEN = tokenOf(KEY);
const QUOTED = `key ${quotedInEveryWay(KEY)}, token ${TOKEN}`;

const others = otherServers();
let bench: Bench;
beforeAll(async () => {
	bench = await startBench();
});
afterAll(async () => {
	others.close();
	await bench.close();
});

const text = (value: unknown, status = 200) => ({ status, text: JSON.stringify(value) });
const headers = { 'x-fal-request-id': `req ${TOKEN} ${KEY}` };
const refusal = (status: number) => ({ ...text({ detail: QUOTED }, status), headers });
const file = [{ binary: { data: { content: Buffer.from('GIF89a'), fileName: 'a.gif' } } }];

async function run(
	faults: FalFaults,
	operation = 'image/generate',
	parameters: object = {},
	options: Parameters<Bench['run']>[2] = {},
) {
	bench.sandbox.fal.addKey({ key: KEY, faults });
	const all = { ...LINKS, ...(operation.startsWith('image') && { model: modelById(MODEL) }) };
	const ended = await bench.run(operation, { ...all, ...parameters }, { key: KEY, ...options });
	expect(await leaksOf(bench.engine, ended, [KEY, TOKEN])).toEqual([]);
	return ended;
}

describe.each(['stopWorkflow', 'continueRegularOutput', 'continueErrorOutput'] as const)(
	'with On Error set to %s',
	(onError) => {
		test.each<[string, FalFaults]>([
			['a refused create', { create: refusal(422) }],
			['a refused create, by a text', { create: { status: 400, text: QUOTED, headers } }],
			['a create that nobody can read', { create: { status: 200, text: `{"key":"${QUOTED}` } }],
			['a redirect', { create: { status: 302, location: `https://other.test/${KEY}` } }],
			['a status that is refused', { poll: refusal(403) }],
			['a result that is a failure', { result: refusal(422) }],
			['a result that is no JSON', { result: { status: 200, text: QUOTED } }],
		])('%s', async (_what, faults) => {
			const options = { output: 'link', timeLimitSeconds: 5 };
			const ended = await run(faults, 'image/generate', { options }, { onError });
			if (onError === 'stopWorkflow') expect(ended.error).toBeDefined();
			else expect(ended.outputs.flat().length).toBeGreaterThan(0);
		});
	},
);

test('the secret half of the key alone', async () => {
	const half = KEY.split(':')[1]!;
	for (const quoted of [half, Buffer.from(half).toString('base64')]) {
		bench.sandbox.fal.addKey({
			key: KEY,
			faults: { create: text({ detail: `No ${quoted}.` }, 401) },
		});
		const ended = await bench.run(
			'image/generate',
			{ ...LINKS, model: modelById(MODEL) },
			{ key: KEY },
		);
		expect(await leaksOf(bench.engine, ended, [half])).toEqual([]);
	}
});

const result = text({
	images: [{ url: `https://files.test/${encodeURIComponent(KEY)}.png`, file_name: QUOTED }],
	prompt: QUOTED,
	seed: QUOTED,
	[KEY]: KEY,
});

test('a finished task', async () => {
	const ended = await run({ result });
	expect(ended.error).toBeUndefined();
	expect(ended.items[0]!.json.url).toBe(`https://files.test/${HIDDEN}.png`);
});

test.each<[string, FalFaults, object]>([
	['task/get', { any: refusal(403) }, { taskId: `${MODEL}/requests/1` }],
	['task/wait', { any: refusal(403) }, { taskId: `${MODEL}/requests/1` }],
	['task/cancel', { any: refusal(403) }, { taskId: `${MODEL}/requests/1` }],
	['account/getBalance', { any: refusal(403) }, {}],
	['file/upload', { upload: refusal(403) }, {}],
])('%s that is refused', async (operation, faults, parameters) => {
	const { error } = await run(faults, operation, parameters, { items: file });
	expect(String(error?.message) + String(error?.description)).toContain(HIDDEN);
});

test('an uploaded file', async () => {
	const place = { upload_url: `${bench.sandbox.url}/nowhere`, file_url: `https://a.test/${KEY}` };
	await run({ upload: text(place) }, 'file/upload', {}, { items: file });
});

test.each([
	['an error', 403, { detail: QUOTED }],
	['what is listed', 200, { models: [{ endpoint_id: 'a/b', metadata: { display_name: QUOTED } }] }],
])('the list of models: %s', async (_what, status, body) => {
	const apiBaseUrl = await others.listen((_request, response) => {
		response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
	});
	const found = await bench.engine
		.listSearch({
			node: new Fal(),
			parameters: { resource: 'image', operation: 'generate' },
			credentials: bench.credentials(KEY, { apiBaseUrl }),
			method: 'searchModels',
		})
		.catch((error: unknown) => error);
	const seen = inspect(found, { depth: 20, showHidden: true, maxStringLength: null });
	expect(leaksIn({ seen }, [KEY, TOKEN])).toEqual([]);
	expect(seen).toContain(HIDDEN);
});

/** What the editor is told of a model's settings, one of which quotes a text and offers the key. */
async function settingsQuoting(quoted: string, key: string): Promise<string> {
	const style = { type: 'string', title: `Style ${quoted}`, enum: [key, 'plain'] };
	const openapi = { components: { schemas: { AnyInput: { properties: { style } } } } };
	const apiBaseUrl = await others.listen((_request, response) => {
		response.setHeader('content-type', 'application/json');
		response.end(JSON.stringify({ models: [{ endpoint_id: MODEL, openapi }], prices: [] }));
	});
	const found = await bench.engine.mapResource({
		node: new Fal(),
		parameters: { resource: 'image', operation: 'generate', model: modelById(MODEL) },
		credentials: bench.credentials(key, { apiBaseUrl }),
		method: 'getSettings',
	});
	return JSON.stringify(found);
}

test('the settings of a model', async () => {
	const seen = await settingsQuoting(QUOTED, KEY);
	expect(leaksIn({ seen }, [KEY, TOKEN])).toEqual([]);
	expect(seen).toContain(`Style key ${HIDDEN}`);
});

test('the settings of a model: a key that is so short that answers are read with it', async () => {
	const key = 'so:short';
	const seen = await settingsQuoting(key, key);
	expect(seen).not.toContain(key);
	expect(seen).toContain(`Style ${HIDDEN}`);
});

test('what a trigger starts with, and what n8n saves before', async () => {
	bench.sandbox.fal.addKey({ key: KEY, faults: { result } });
	const listening = await bench.trigger(KEY, { options: { output: 'link' } });
	await listening.activate();
	const order = { model: modelById(MODEL), completion: 'return', callbackUrl: listening.url };
	expect((await bench.run('image/generate', order, { key: KEY })).error).toBeUndefined();
	await until(() => listening.started[0]);
	const places = {
		saved: JSON.stringify(listening.delivered),
		items: JSON.stringify(listening.started),
		log: await bench.engine.log(),
	};
	expect(leaksIn(places, [KEY, TOKEN])).toEqual([]);
	expect(places.saved).toContain(HIDDEN);
	expect(places.items).toContain(HIDDEN);
	await listening.deactivate();
});
