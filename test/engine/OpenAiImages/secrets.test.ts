// A server that quotes the key or a webhook's secret: neither stands anywhere in what leaves the nodes.
import { inspect } from 'node:util';
import { stringify } from 'flatted';
import sharp from 'sharp';

import type { OpenAIFaults } from '../../../sandbox/openai/faults';
import { leaksIn } from '../support/secrets';
import { deliver, eventBody } from './delivering';
import { onBatch, onTask, startBatch, startTask } from './ordering';
import { startBench, until, type Bench, type BenchRun, type RunWith } from './setup';
import { SMALL } from './traffic';

const HAND_MADE = 'whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=';
const MARK = '•••';
let count = 0;

let bench: Bench;
let picture: string;
beforeAll(async () => {
	bench = await startBench();
	picture = (
		await sharp({ create: { width: 8, height: 8, channels: 3, background: 'red' } })
			.png()
			.toBuffer()
	).toString('base64');
});
afterAll(async () => await bench.close());

/** A key that is written differently in addresses and in JSON. */
function newKey(): string {
	return `sk-Se/cret+7hGq2_wXz9.${String((count += 1)).padStart(10, '0')}==`;
}

/** All that a person, a workflow or a database gets to see. */
async function everythingOf({ error, items, outputs, hints, raw }: BenchRun): Promise<string> {
	return [
		inspect(error, { depth: 20, showHidden: true, maxStringLength: null }),
		String(error?.message),
		String(error?.description),
		String(error?.stack),
		JSON.stringify({ items, outputs, hints }),
		stringify(raw.data),
		await bench.engine.log(),
	].join('\n');
}

function expectHidden(everything: string, secret: string): void {
	expect(leaksIn({ everything }, [secret])).toEqual([]);
	expect(everything).toContain(MARK);
}

type Create = NonNullable<OpenAIFaults['create']>;
const error = (facts: object) => JSON.stringify({ error: { message: 'No.', ...facts } });

const FAILING: Array<[where: string, create: (secret: string) => Create]> = [
	[
		'the message of an error',
		(secret) => ({ status: 400, text: error({ message: `No ${secret}.` }) }),
	],
	[
		'the message of a refused key',
		(secret) => ({ status: 401, text: error({ message: `No ${secret}.` }) }),
	],
	['the code of an error', (secret) => ({ status: 400, text: error({ code: `no_${secret}` }) })],
	['the type of an error', (secret) => ({ status: 400, text: error({ type: `no_${secret}` }) })],
	['the setting of an error', (secret) => ({ status: 400, text: error({ param: secret }) })],
	['an error as text', (secret) => ({ status: 500, text: `Bearer ${secret}` })],
	['a web page', (secret) => ({ status: 502, text: `<html>${encodeURIComponent(secret)}</html>` })],
	['x-request-id', (secret) => ({ status: 400, headers: { 'x-request-id': secret } })],
	['an answer that is no JSON', (secret) => ({ status: 200, text: `Welcome, ${secret}` })],
	['an error under HTTP 200', (secret) => ({ status: 200, text: error({ message: secret }) })],
	['a redirect', (secret) => ({ status: 307, location: `/a?key=${encodeURIComponent(secret)}` })],
	[
		'a link that is dead',
		(secret) => ({
			status: 200,
			text: JSON.stringify({
				data: [{ url: `http://127.0.0.1:1/a?k=${encodeURIComponent(secret)}` }],
			}),
		}),
	],
];

describe.each(FAILING)('in %s', (_where, create) => {
	test.each<[string, string, object]>([
		['a generation', 'image/generate', SMALL],
		['a background task', 'image/generate', { ...SMALL, completion: 'return' }],
		['a question', 'image/analyze', { text: 'Hello' }],
		['a batch', 'batch/create', SMALL],
	])('of %s', async (_what, operation, parameters) => {
		for (const onError of [undefined, 'continueRegularOutput', 'continueErrorOutput'] as const) {
			const key = newKey();
			const account = { key, faults: { create: create(key) } };
			const options = { timeLimitSeconds: 3 };
			const run = await bench.run(operation, { options, ...parameters }, { account, onError });
			expectHidden(await everythingOf(run), key);
		}
	});

	test('the webhook secret', async () => {
		const credential = { webhookSecret: HAND_MADE };
		const account = { faults: { create: create(HAND_MADE) } };
		const options: RunWith = { account, credential };
		const parameters = { ...SMALL, options: { timeLimitSeconds: 3 } };
		expectHidden(
			await everythingOf(await bench.run('image/generate', parameters, options)),
			HAND_MADE,
		);
	});
});

const SUCCEEDING: Array<[where: string, operation: string, answer: (key: string) => object]> = [
	[
		'a revised prompt',
		'image/generate',
		(key) => ({ data: [{ b64_json: picture, revised_prompt: `A boat for ${key}` }] }),
	],
	['an answer in words', 'image/analyze', (key) => ({ choices: [{ message: { content: key } }] })],
	[
		'the model of an answer',
		'image/analyze',
		(key) => ({ model: key, choices: [{ message: { content: 'Hi' } }] }),
	],
	[
		'the error beside images',
		'image/generate',
		(key) => ({ data: [{ b64_json: picture }], error: `One of ${key} failed.` }),
	],
];

test.each(SUCCEEDING)('in %s', async (_where, operation, answer) => {
	const key = newKey();
	const faults = { create: { status: 200, text: JSON.stringify(answer(key)) } };
	const parameters =
		operation === 'image/analyze' ? { text: 'Hello' } : { ...SMALL, numberOfImages: 2 };
	const run = await bench.run(operation, parameters, { account: { key, faults } });
	expect(run.error).toBeUndefined();
	expectHidden(await everythingOf(run), key);
});

test('in the ID of a task, which is logged', async () => {
	const key = newKey();
	const text = JSON.stringify({ id: `resp_${key}`, status: 'queued' });
	const account = { key, faults: { create: { status: 200, text } } };
	const run = await bench.run('image/generate', { ...SMALL, completion: 'return' }, { account });
	expect(run.error).toBeUndefined();
	expectHidden(await everythingOf(run), key);
	expect(await bench.engine.log()).toContain(`started the task resp_${MARK}`);
});

test('in the failure of a task, and of a line of a batch', async () => {
	const key = newKey();
	bench.addKey({ key });
	const account = { key, faults: { fail: `no_${key}` } };
	const { id } = await startTask(bench, 'A boat', {}, { account });
	for (const operation of ['get', 'wait'] as const) {
		const run = await onTask(bench, operation, key, id, { options: {} });
		expectHidden(await everythingOf(run), key);
	}
	const line = JSON.stringify({
		custom_id: key,
		response: { status_code: 400, body: { error: { message: `No ${key}.`, code: key } } },
	});
	const batch = await startBatch(bench, ['One'], {}, { account: { key } });
	bench.sandbox.openai.finishBatch(batch.id);
	await onBatch(bench, 'get', key, batch.id);
	bench.sandbox.openai.setFaults(key, { content: { text: line } });
	expectHidden(await everythingOf(await onBatch(bench, 'getResults', key, batch.id)), key);
});

describe('what a trigger starts with', () => {
	test.each<[string, (key: string, secret: string) => string]>([
		['the key', (key) => key],
		['the secret of its endpoint', (_key, secret) => secret],
	])('quotes %s neither in an error nor in a failure', async (_what, secretOf) => {
		const key = newKey();
		bench.addKey({ key });
		const trigger = await bench.trigger(key, { events: ['response.completed'] });
		await trigger.activate();
		const { secret } = bench.sandbox.openai.webhookEndpoints(key)[0]!;
		const quoted = secretOf(key, secret);
		const answers = [
			{ status: 403, text: error({ message: `No ${quoted}.` }) },
			{
				status: 200,
				text: JSON.stringify({
					id: 'resp_1',
					status: 'failed',
					error: { code: quoted, message: `No ${quoted}.` },
				}),
			},
		];
		for (const [index, poll] of answers.entries()) {
			bench.sandbox.openai.setFaults(key, { poll });
			const body = eventBody('response.completed', 'resp_1');
			await deliver(trigger.url, body, { secrets: [secret] });
			const items = await until(() => trigger.started[index]);
			expectHidden(JSON.stringify(items) + (await bench.engine.log()), quoted);
		}
	});

	test('is saved without the key, too', async () => {
		const key = newKey();
		bench.addKey({ key });
		const trigger = await bench.trigger(key, { events: ['response.completed'] });
		await trigger.activate();
		const { secret } = bench.sandbox.openai.webhookEndpoints(key)[0]!;
		const body = eventBody('response.completed', `resp_${key}`);
		await deliver(trigger.url, body, { secrets: [secret] });
		await until(() => trigger.started[0]);
		expectHidden(JSON.stringify(trigger.delivered), key);
	});

	test.each(['activate', 'deactivate'] as const)('%s quotes neither', async (change) => {
		const key = newKey();
		bench.addKey({ key });
		const trigger = await bench.trigger(key);
		await trigger.activate();
		const { secret } = bench.sandbox.openai.webhookEndpoints(key)[0]!;
		for (const quoted of [key, secret]) {
			for (const any of [
				{ status: 403, text: error({ message: `No ${quoted}.` }) },
				{ status: 302, location: `/a?key=${encodeURIComponent(quoted)}` },
			]) {
				bench.sandbox.openai.setFaults(key, { any });
				const thrown = await trigger[change]().then(
					() => undefined,
					(reason: Error) => reason,
				);
				expect(thrown).toBeDefined();
				const shown = inspect(thrown, { depth: 20, showHidden: true, maxStringLength: null });
				expectHidden(shown, quoted);
			}
		}
	});
});
