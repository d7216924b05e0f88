// A server that quotes the key, or the webhook's token: neither leaves the node in an error, an item, a hint, the log or the saved execution.
import { tokenOf, withToken } from '../../../pipeline/callbacks/callbackUrl';
import type { CoreTodayFaults } from '../../../sandbox';
import { HIDDEN, leaksIn, leaksOf, quotedInEveryWay } from '../support/secrets';
import { startBench, until, type Bench } from './setup';

const KEY = ['cdt_Quoted_7hGq2', 'wXz9.Pb4tR_8kLm'].join('-');
const TOKEN = tokenOf(KEY);
const QUOTED = `key ${KEY}, token ${TOKEN}`;
const MARKED = `key ${HIDDEN}, token ${HIDDEN}`;

let bench: Bench;
beforeAll(async () => {
	bench = await startBench();
});
afterAll(async () => await bench.close());

const text = (value: unknown, status = 200) => ({ status, text: JSON.stringify(value) });
const headers = { 'x-request-id': `req ${TOKEN}` };
const prediction = (parts: object) => text({ job_id: 'job_1', model: `model ${KEY}`, ...parts });
const file = [{ binary: { data: { content: Buffer.from('GIF89a'), fileName: 'a.gif' } } }];

async function run(
	faults: CoreTodayFaults,
	options: Parameters<Bench['run']>[2] = {},
	operation = 'image/generate',
) {
	bench.sandbox.coreToday.addKey({ key: KEY, faults });
	const parameters = { options: { output: 'link' } };
	const ended = await bench.run(operation, parameters, { key: KEY, ...options });
	expect(await leaksOf(bench.engine, ended, [KEY, TOKEN])).toEqual([]);
	return ended;
}

describe.each(['stopWorkflow', 'continueRegularOutput', 'continueErrorOutput'] as const)(
	'with On Error set to %s',
	(onError) => {
		test.each<[string, CoreTodayFaults]>([
			[
				'a refused create',
				{ create: { ...text({ error: { message: QUOTED, code: KEY } }, 400), headers } },
			],
			['a refused create, by a text', { create: { status: 400, text: QUOTED, headers } }],
			['a create that nobody can read', { create: { status: 200, text: `{"key":"${KEY}` } }],
			['a create that broke down', { create: { ...text({ detail: QUOTED }, 500), headers } }],
			['a redirect', { create: { status: 302, location: `https://other.test/${KEY}` } }],
			['a prediction that failed', { poll: prediction({ status: 'failed', error: QUOTED }) }],
			['a poll that is refused', { poll: text({ message: QUOTED }, 403) }],
		])('%s', async (_what, faults) => {
			const ended = await run(faults, { onError });
			if (onError === 'stopWorkflow') expect(ended.error).toBeDefined();
			else expect(ended.outputs.flat().length).toBeGreaterThan(0);
		});
	},
);

test('the mark stands in its place', async () => {
	const ended = await run({ poll: prediction({ status: 'failed', error: QUOTED }) });
	expect(ended.error?.message).toBe(`Core.Today: ${MARKED}`);
});

test('a finished prediction', async () => {
	const result = [{ url: `https://files.test/${KEY}.webp`, revised_prompt: QUOTED }];
	const ended = await run({
		poll: prediction({ status: 'completed', result, metrics: { QUOTED } }),
	});
	expect(ended.items[0]!.json).toMatchObject({
		url: `https://files.test/${HIDDEN}.webp`,
		revisedPrompt: MARKED,
		usage: { QUOTED: MARKED },
	});
});

test('the name of a file', async () => {
	for (const [prompt, id] of [
		[`Bearer ${KEY}`, 'job_1'],
		[undefined, `job.${KEY}`],
	]) {
		const parts = { job_id: id, input: { prompt }, status: 'completed' };
		const poll = prediction({ ...parts, result: [`${bench.sandbox.url}/none.png`] });
		bench.sandbox.coreToday.addKey({ key: KEY, faults: { poll } });
		const ended = await bench.run('task/get', { taskId: 'job_1' }, { key: KEY });
		expect(await leaksOf(bench.engine, ended, [KEY])).toEqual([]);
	}
});

test('an upload that is refused, and one that is taken', async () => {
	const refused = await run(
		{ upload: text({ detail: QUOTED }, 400) },
		{ items: file },
		'file/upload',
	);
	expect(refused.error?.message).toBe(`Core.Today: ${MARKED}`);
	const place = {
		upload_url: `${bench.sandbox.url}/coretoday-storage`,
		upload_fields: { key: KEY },
		file_url: `https://files.test/${KEY}`,
	};
	await run({ upload: text(place) }, { items: file }, 'file/upload');
});

test('a key that is quoted in every way', async () => {
	const quoted = quotedInEveryWay(KEY);
	await run({ create: text({ error: { message: quoted } }, 400) });
	await run({
		create: { status: 400, text: `No: ${quoted}`, headers: { 'x-request-id': quoted } },
	});
	const result = [{ url: `https://files.test/a.webp?k=${quoted}`, revised_prompt: quoted }];
	await run({ poll: prediction({ status: 'completed', result }) });
});

test('what a trigger starts with, and what n8n saves before', async () => {
	const result = [{ url: 'https://files.test/a.webp', revised_prompt: QUOTED }];
	const faults = { poll: prediction({ status: 'completed', result, metrics: { QUOTED } }) };
	bench.sandbox.coreToday.addKey({ key: KEY, faults });
	const listening = await bench.trigger(KEY, { options: { output: 'link' } });
	await fetch(withToken(listening.url, KEY), {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify({ job_id: 'job_1', status: 'completed' }),
	});
	await until(() => listening.started[0]);
	const places = {
		saved: JSON.stringify(listening.delivered),
		items: JSON.stringify(listening.started),
		log: await bench.engine.log(),
	};
	expect(leaksIn(places, [KEY, TOKEN])).toEqual([]);
	expect(places.saved).toContain(HIDDEN);
	expect(places.items).toContain(HIDDEN);
});
