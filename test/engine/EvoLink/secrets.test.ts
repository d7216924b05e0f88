// A server that quotes the key, or the callback's token: neither leaves the node in an error, an item, a hint, the log or the saved execution.
import type { IDataObject } from 'n8n-workflow';

import { tokenOf, withToken } from '../../../pipeline/callbacks/callbackUrl';
import type { Faults } from '../../../sandbox';
import { otherServers } from '../support/other-servers';
import { HIDDEN, leaksIn, leaksOf, quotedInEveryWay } from '../support/secrets';
import { startBench, until, type Bench } from './setup';
import { SMALL } from './traffic';

const KEY = ['sk-Quoted_7hGq2', 'wXz9/Pb4tR+.kLm='].join('-');
const TOKEN = tokenOf(KEY);
const QUOTED = `key ${KEY}, token ${TOKEN}`;
const SECRETS = [KEY, TOKEN];

let bench: Bench;
const { listen, close } = otherServers();
beforeAll(async () => {
	bench = await startBench();
});
afterAll(async () => {
	await bench.close();
	close();
});

const text = (value: unknown, status = 200) => ({ status, text: JSON.stringify(value) });
const headers = { 'x-request-id': `req ${TOKEN}` };
const error = { code: `bad ${TOKEN}`, message: `Refused: ${QUOTED}`, suggestion: QUOTED };
const task = (parts: object) => text({ id: 'task-1', model: `model ${KEY}`, ...parts });

async function run(
	faults: Faults,
	parameters: IDataObject,
	options: Parameters<Bench['run']>[3] = {},
	[resource, operation]: [Parameters<Bench['run']>[0], string] = ['image', 'generate'],
) {
	bench.sandbox.evolink.addKey({ key: KEY, faults });
	const all = { key: KEY, ...options };
	const ended =
		resource === 'image'
			? await bench.image('generate', { ...SMALL, ...parameters }, all)
			: await bench.run(resource, operation, parameters, all);
	expect(await leaksOf(bench.engine, ended, SECRETS)).toEqual([]);
	return ended;
}

describe.each(['stopWorkflow', 'continueRegularOutput', 'continueErrorOutput'] as const)(
	'with On Error set to %s',
	(onError) => {
		test.each<[string, Faults]>([
			['a refused create', { create: { ...text({ error }, 400), headers } }],
			['a refused create, by a text', { create: { status: 400, text: `No: ${QUOTED}`, headers } }],
			['a create that nobody can read', { create: { status: 200, text: `{"key":"${KEY}` } }],
			['a redirect', { create: { status: 302, location: `https://other.test/${KEY}` } }],
			['a task that failed', { poll: task({ status: 'failed', error }) }],
			[
				'a task that was refused',
				{ poll: task({ status: 'failed', error: { ...error, code: 'content_policy' } }) },
			],
			['a poll that is refused', { poll: text({ error }, 403) }],
			['a task without images', { poll: task({ status: 'completed', results: [QUOTED] }) }],
		])('%s', async (_what, faults) => {
			const ended = await run(
				faults,
				{ callbackUrl: 'https://n8n.example.com/webhook/1' },
				{ onError },
			);
			if (onError === 'stopWorkflow') expect(ended.error).toBeDefined();
			else expect(ended.outputs.flat().length).toBeGreaterThan(0);
		});
	},
);

test('the mark stands in its place', async () => {
	const { error: told } = await run({ create: { ...text({ error }, 400), headers } }, {});
	expect(told?.message).toBe(`EvoLink: Refused: key ${HIDDEN}, token ${HIDDEN}`);
	expect(told?.description).toContain(`Request ID: req ${HIDDEN}`);
});

test('a key at which a long message is cut', async () => {
	for (let before = 440; before < 505; before += 4) {
		const message = `${'x'.repeat(before)}${KEY}`;
		const { error: told } = await run({ create: text({ error: { message } }, 400) }, {});
		expect(told?.message).not.toContain('sk-');
	}
});

test('a key at which a text is cut that was to be an answer', async () => {
	const create = { status: 200, text: `${'x'.repeat(485)}${KEY}` };
	const { error: told } = await run({ create }, {});
	expect(`${told?.message} ${told?.description}`).not.toContain('sk-');
});

test('a finished task', async () => {
	const results = [
		{ url: `https://files.test/${encodeURIComponent(KEY)}.png`, revised_prompt: QUOTED },
	];
	const usage = { note: QUOTED, [KEY]: 1 };
	const faults = { poll: task({ status: 'completed', results: [null, ...results], usage }) };
	const ended = await run(faults, { options: { output: 'link' } });
	expect(ended.error).toBeUndefined();
	expect(ended.items[0]!.json).toMatchObject({
		url: `https://files.test/${HIDDEN}.png`,
		revisedPrompt: `key ${HIDDEN}, token ${HIDDEN}`,
		model: `model ${HIDDEN}`,
		usage: { note: `key ${HIDDEN}, token ${HIDDEN}`, [HIDDEN]: 1 },
	});
});

test('an ID', async () => {
	const faults = { create: text({ id: `task-${KEY}`, status: 'pending' }) };
	const ended = await run(faults, { completion: 'return' });
	expect(ended.items[0]!.json.taskId).toBe(`task-${HIDDEN}`);
});

test('an execution that is put aside', async () => {
	const faults = {
		create: text({ id: `task-${KEY}`, status: 'pending' }),
		poll: task({ status: 'processing' }),
	};
	const waiting = await run(faults, { completion: 'suspend' }, { suspendable: true });
	expect(waiting.status).toBe('waiting');
	expect(waiting.items[0]!.json.taskId).toBe(`task-${HIDDEN}`);

	// What a person has typed stays in the workflow, which n8n saves too, but goes no further.
	const parameters = { ...SMALL, completion: 'suspend', options: { fileName: `a ${KEY}` } };
	const typed = await bench.image('generate', parameters, { key: KEY, suspendable: true });
	const memory = JSON.stringify(typed.raw.data.executionData!.contextData);
	expect(leaksIn({ memory }, SECRETS)).toEqual([]);
	expect(memory).toContain(`a ${HIDDEN}`);
});

test('what is shortened, wherever the key stands in it', async () => {
	const link = await listen((_request, response) =>
		response.end(`${'word '.repeat(18)}${KEY} too`),
	);
	const long = (length: number) => 'word '.repeat(length / 5) + KEY;
	const failed = (facts: object) => ({ poll: task({ status: 'failed', error: facts }) });
	for (const faults of [
		{ poll: task({ status: 'completed', results: [`${link}/a.png`] }) },
		{ poll: task({ status: 'completed', results: [`/${'x'.repeat(85)}${KEY}`] }) },
		{ create: text({ note: long(460) }) },
		{ create: text({ note: 'x'.repeat(450) + KEY }) },
		{ create: { ...text({ a: 1 }), headers: { 'x-request-id': `${'r'.repeat(180)}${KEY}` } } },
		{ create: { status: 302, location: `https://${KEY}.evil.test/` } },
		failed({ code: 'x', message: 'x'.repeat(480) + KEY }),
		failed({ code: 'x'.repeat(180) + KEY, message: 'No.' }),
		failed({ code: 'x', message: long(490) }),
	]) {
		await run(faults, {});
	}
});

test("an uploaded file's name", async () => {
	const data = { file_url: `https://files.test/${TOKEN}`, file_id: KEY, file_name: `${KEY}.png` };
	const items = [{ binary: { data: { content: Buffer.from('GIF89a'), fileName: 'a.gif' } } }];
	const ended = await run({ upload: text({ success: true, data }) }, {}, { items }, [
		'file',
		'upload',
	]);
	expect(JSON.stringify(ended.items[0]!.json)).toContain(HIDDEN);
});

test.each([true, false])('the history, simplified: %s', async (simplify) => {
	const data = [null, { id: `task-${KEY}`, status: 'failed', model: KEY, error, [KEY]: KEY }];
	const ended = await run({ list: text({ data }) }, { simplify }, {}, ['task', 'getAll']);
	expect(JSON.stringify(ended.items[0]!.json)).toContain(HIDDEN);
	expect(ended.hints).toHaveLength(1);
});

test('a balance that is refused', async () => {
	const { error: told } = await run({ any: text({ error }, 403) }, {}, {}, [
		'account',
		'getBalance',
	]);
	expect(told?.message).toContain(HIDDEN);
});

test('a key that is quoted in every way', async () => {
	const quoted = quotedInEveryWay(KEY);
	await run({ create: text({ error: { message: quoted } }, 400) }, {});
	await run({ create: { status: 400, text: `No: ${quoted}` } }, {});
	await run({ create: { ...text({ error }, 400), headers: { 'x-request-id': quoted } } }, {});
	const results = [{ url: `https://files.test/a.png?k=${quoted}`, revised_prompt: quoted }];
	await run({ poll: task({ status: 'completed', results }) }, { options: { output: 'link' } });
});

test('what a trigger starts with, and what n8n saves before', async () => {
	const results = [{ url: 'https://files.test/a.png', revised_prompt: QUOTED }];
	const faults = { poll: task({ status: 'completed', results, [KEY]: QUOTED }) };
	bench.sandbox.evolink.addKey({ key: KEY, faults });
	const listening = await bench.trigger(KEY, { options: { output: 'link' } });
	await fetch(withToken(listening.url, KEY), {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify({ id: 'task-1', status: 'completed' }),
	});
	await until(() => listening.started[0]);
	const places = {
		saved: JSON.stringify(listening.delivered),
		items: JSON.stringify(listening.started),
		log: await bench.engine.log(),
	};
	expect(leaksIn(places, SECRETS)).toEqual([]);
	expect(places.saved).toContain(HIDDEN);
	expect(places.items).toContain(HIDDEN);
});

test('what a trigger tells of a link at which it is quoted', async () => {
	const link = await listen((_request, response) => response.end(QUOTED));
	const faults = { poll: task({ status: 'completed', results: [`${link}/a.png`] }) };
	bench.sandbox.evolink.addKey({ key: KEY, faults });
	const listening = await bench.trigger(KEY);
	await fetch(withToken(listening.url, KEY), {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify({ id: 'task-1', status: 'completed' }),
	});
	const items = JSON.stringify(await until(() => listening.started[0]));
	expect(leaksIn({ items }, SECRETS)).toEqual([]);
	expect(items).toContain(`there was a text: key ${HIDDEN}, token ${HIDDEN}`);
});
