// How a suspended execution is watched over: one poll at a time, in spite of odd items, late answers and proxies.
import { openFront } from '../support/front-server';
import { startBench, until, type Bench } from './setup';
import { creates, polls, SMALL } from './traffic';

let bench: Bench;
beforeAll(async () => {
	bench = await startBench();
});
afterAll(async () => await bench.close());

const suspended = { ...SMALL, prompt: '={{ $json.prompt }}', completion: 'suspend' };
const itemsOf = (prompts: string[]) => prompts.map((prompt) => ({ json: { prompt } }));

type Options = Parameters<Bench['image']>[2];

async function suspend(prompts: string[], options: Options = {}) {
	const given = { items: itemsOf(prompts), suspendable: true, ...options };
	return await bench.image('generate', suspended, given);
}

function taskFor(key: string, prompt: string) {
	return bench.sandbox.evolink.tasks(key).find((task) => task.prompt.startsWith(prompt))!;
}

async function callBack(url: string, body: unknown = {}): Promise<number> {
	const headers = { 'content-type': 'application/json' };
	return (await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) })).status;
}

test('items without json are put aside, and go on', async () => {
	const run = await bench.image(
		'generate',
		{ ...suspended, prompt: 'A kite [sandbox: seconds=600]' },
		{ items: [{ json: 'missing' }, {}], suspendable: true },
	);
	expect(run.error).toBeUndefined();
	expect(run.status).toBe('waiting');
	for (const { id } of bench.sandbox.evolink.tasks(run.key)) bench.sandbox.evolink.finishTask(id);
	const ended = await run.resumed();
	expect(ended.passedOn.map(({ json }) => json.status)).toEqual(['succeeded', 'succeeded']);
	expect(creates(bench, run.key)).toHaveLength(2);
});

test('with Continue, a failed task is no reason to go on as long as others are at work', async () => {
	const prompts = [
		'Good [sandbox: seconds=600]',
		'Bad [sandbox: seconds=600, fail=generation_timeout]',
	];
	const run = await suspend(prompts, { onError: 'continueRegularOutput' });
	const { callbackUrl } = taskFor(run.key, 'Bad');
	bench.sandbox.evolink.finishTask(taskFor(run.key, 'Bad').id);
	await until(() => run.deliveries.length > 0);
	const before = polls(bench, run.key).all.length;
	// It waits, and looks again.
	expect(await callBack(callbackUrl!)).toBe(200);
	await until(() => polls(bench, run.key).all.length > before);
	expect(run.passedOn).toEqual([]);
	expect(await callBack(callbackUrl!)).toBe(200);

	bench.sandbox.evolink.finishTask(taskFor(run.key, 'Good').id);
	const ended = await run.resumed();
	expect(ended.passedOn.map(({ json }) => json.kind ?? json.status)).toEqual([
		'succeeded',
		'taskFailed',
	]);
});

test('without it, a failed task ends the execution though others are at work', async () => {
	const prompts = [
		'Good [sandbox: seconds=600]',
		'Bad [sandbox: seconds=600, fail=generation_timeout]',
	];
	const run = await suspend(prompts);
	bench.sandbox.evolink.finishTask(taskFor(run.key, 'Bad').id);
	const ended = await run.resumed();
	expect(ended.error).toMatchObject({ message: 'EvoLink: The model took too long.' });
	expect(ended.error!.description).toContain(taskFor(run.key, 'Good').id);
});

test('callbacks that come together lead to one look at a time', async () => {
	const run = await suspend(['A kite [sandbox: seconds=600, callback=lose]']);
	const { callbackUrl } = taskFor(run.key, 'A kite');
	const before = polls(bench, run.key).all.length;
	bench.sandbox.evolink.setFaults(run.key, { answerDelayMs: 3_600_000, answerDelayOf: 'poll' });
	const answers = await Promise.all([1, 2, 3, 4].map(async () => await callBack(callbackUrl!)));
	expect(answers).toEqual([200, 200, 200, 200]);
	const open = () => polls(bench, run.key).all.slice(before);
	await until(() => open().length > 0);
	// Time in which another look would come.
	await new Promise((resolve) => setTimeout(resolve, 500));
	expect(open().map(({ status }) => status)).toEqual([0]);
	bench.sandbox.evolink.setFaults(run.key, {});
	bench.sandbox.evolink.finishTask(taskFor(run.key, 'A kite').id);
	expect((await run.resumed()).passedOn).toMatchObject([{ json: { status: 'succeeded' } }]);
});

test('a task that its provider does not know yet when it has called back is looked at again', async () => {
	const run = await suspend(['A kite [sandbox: seconds=5, poll=404 times=2]']);
	expect(run.status).toBe('waiting');
	const ended = await run.resumed();
	expect(ended.passedOn).toMatchObject([{ json: { status: 'succeeded' } }]);
});

test('of three hundred tasks all are asked for, though the first request gets no answer', async () => {
	const prompts = Array.from({ length: 300 }, (_, item) => `Kite ${item} [sandbox: seconds=600]`);
	const { key } = bench.credentials({ credits: 1_000_000 });
	const run = await bench.image(
		'generate',
		{ ...suspended, options: { concurrency: 300, output: 'link' } },
		{ items: itemsOf(prompts), suspendable: true, key },
	);
	const tasks = bench.sandbox.evolink.tasks(key);
	bench.sandbox.evolink.setFaults(key, { poll: { body: 'hang', times: 1 } });
	for (const { id } of tasks) bench.sandbox.evolink.finishTask(id);
	const ended = await run.resumed();
	expect(ended.passedOn.map(({ json }) => json.status)).toEqual(Array(300).fill('succeeded'));
});

describe('the call of its own with which the node has n8n load the execution anew', () => {
	const page = '<html>Please sign in</html>';
	test.each<[number, unknown]>([
		[200, page],
		[200, { message: 'Hello' }],
		[302, page],
		[401, page],
		[401, { error: 'Invalid token' }],
		[403, page],
		[404, page],
		[404, { code: 404, message: 'The execution "7" does not exist.' }],
		[409, page],
		[429, { message: 'Too many requests' }],
		[503, page],
	])('goes on directly when a proxy answers it %i %j', async (status, body) => {
		const own: unknown[] = [];
		const run = await suspend(['A kite [sandbox: seconds=600, callback=lose]'], {
			proxy: (called) => {
				if (JSON.stringify(called) !== '{}') return undefined;
				own.push(called);
				return { status, body };
			},
		});
		const { callbackUrl, id } = taskFor(run.key, 'A kite');
		const before = polls(bench, run.key).all.length;
		expect(await callBack(callbackUrl!, { id })).toBe(200);
		await until(() =>
			polls(bench, run.key).all.some(({ status: told }, at) => at >= before && told),
		);
		bench.sandbox.evolink.finishTask(id);
		const ended = await run.resumed();
		expect(ended.passedOn).toMatchObject([{ json: { status: 'succeeded' } }]);
		expect(own).toHaveLength(1);
	});
});

test("neither n8n's token nor ours is told where the provider repeats the callback's address", async () => {
	const { origin, pathname } = new URL(bench.sandbox.evolink.baseUrl);
	let address = '';
	const front = await openFront(origin, ({ path, body }) => {
		if (!path.endsWith('/v1/images/generations')) return undefined;
		address = (JSON.parse(body) as { callback_url: string }).callback_url;
		const message = `The callback_url ${address} is not allowed.`;
		return { status: 400, body: JSON.stringify({ error: { code: 'invalid', message } }) };
	});
	const credential = { baseUrl: front.baseUrl + pathname };
	const run = await suspend(['A kite'], { credential });
	await front.close();
	const tokens = [...new URL(address).searchParams.values()];
	expect(tokens).toHaveLength(2);
	expect(run.error!.message).toContain('is not allowed');
	const told = JSON.stringify([run.error, run.raw.data.resultData.error, run.items]);
	const log = await bench.engine.log();
	for (const token of tokens) {
		expect(told).not.toContain(token);
		expect(log).not.toContain(token);
	}
});
