// Waiting: Pause Until the Images Are Ready. The execution is put aside, called back in every way there is, and loses nothing.
import { startBench, until, type Bench } from './setup';
import { creates, downloads, polls, SMALL } from './traffic';

let bench: Bench;
beforeAll(async () => {
	bench = await startBench();
});
afterAll(async () => await bench.close());

const suspended = { ...SMALL, prompt: '={{ $json.prompt }}', completion: 'suspend' };
const itemsOf = (prompts: string[]) => prompts.map((prompt) => ({ json: { prompt } }));

type Options = Parameters<Bench['image']>[2];

async function suspend(prompts: string[], parameters = {}, options: Options = {}) {
	return await bench.image(
		'generate',
		{ ...suspended, ...parameters },
		{ items: itemsOf(prompts), suspendable: true, ...options },
	);
}

/** The execution's end, whether it was put aside or not. */
async function endOf(run: Awaited<ReturnType<typeof suspend>>) {
	return run.status === 'waiting' ? await run.resumed() : run;
}

function taskFor(key: string, prompt: string) {
	return bench.sandbox.evolink.tasks(key).find((task) => task.prompt.startsWith(prompt))!;
}

function charges(key: string): number {
	return bench.sandbox.evolink.ledger(key).entries.filter(({ kind }) => kind === 'charge').length;
}

async function callBack(url: string, body: unknown = {}): Promise<number> {
	const text = typeof body === 'string' ? body : JSON.stringify(body);
	const headers = { 'content-type': 'application/json' };
	return (await fetch(url, { method: 'POST', headers, body: text })).status;
}

test('several items are put aside, and go on together, in order', async () => {
	const run = await suspend(
		['First [sandbox: seconds=600]', 'Second [sandbox: seconds=1]', 'Third [sandbox: seconds=2]'],
		{ numberOfImages: 2 },
	);
	expect(run.status).toBe('waiting');
	expect(run.passedOn).toEqual([]);
	expect(run.items.map(({ json }) => json.status)).toEqual(['queued', 'queued', 'queued']);
	const first = taskFor(run.key, 'First');
	await until(() => charges(run.key) === 2);
	bench.sandbox.evolink.finishTask(first.id);

	const ended = await endOf(run);
	expect(ended.status).toBe('success');
	const expected = ['First', 'Second', 'Third'].flatMap((prompt, item) =>
		[0, 1].map((index) => [taskFor(run.key, prompt).id, item, index]),
	);
	expect(
		ended.passedOn.map(({ json, pairedItem }) => [
			json.taskId,
			(pairedItem as { item: number }).item,
			json.index,
		]),
	).toEqual(expected.map(([id, , index], position) => [id, position, index]));
	expect(ended.items.map(({ pairedItem }) => pairedItem)).toEqual(
		expected.map(([, item]) => ({ item })),
	);
	expect(ended.items[0]!.json).toMatchObject({
		provider: 'evolink',
		model: 'gpt-image-2',
		status: 'succeeded',
		count: 2,
		width: 128,
		height: 128,
		cost: { currency: 'USD' },
	});
	const original = await fetch(String(ended.items[5]!.json.url));
	expect((await ended.binary(5)).equals(Buffer.from(await original.arrayBuffer()))).toBe(true);

	expect(creates(bench, run.key)).toHaveLength(3);
	expect(charges(run.key)).toBe(3);
	expect(polls(bench, run.key).single.length).toBeLessThanOrEqual(3);
});

test('a link is all that comes out where no file is wanted', async () => {
	const run = await suspend(['A kite'], { options: { output: 'link' } });
	const { items } = await endOf(run);
	expect(items).toMatchObject([{ json: { url: expect.stringMatching(/^http/) } }]);
	expect(items[0]!.binary).toBeUndefined();
});

test('callbacks that come early, twice, late or at the same instant change nothing', async () => {
	const run = await suspend([
		'Early [sandbox: seconds=3, callback=early]',
		'Twice [sandbox: seconds=1, callback-repeat=3]',
		'Late [sandbox: seconds=1, callback-delay=1500]',
		'Together [sandbox: seconds=2]',
		'At once [sandbox: seconds=2]',
	]);
	const ended = await endOf(run);
	expect(ended.status).toBe('success');
	expect(ended.passedOn).toHaveLength(5);
	for (const { json } of ended.items) {
		expect(downloads(bench, String(json.taskId))).toHaveLength(1);
	}
	const { callbackUrl } = taskFor(run.key, 'Late');
	expect(await callBack(callbackUrl!)).toBe(409);
	expect(charges(run.key)).toBe(5);
});

test.each(['status', 'unknownTask', 'wrongToken'])(
	'a forged body (%s) decides nothing, the provider does',
	async (forged) => {
		const run = await suspend([
			`Forged [sandbox: seconds=1, callback=${forged}]`,
			'Honest [sandbox: seconds=3]',
		]);
		const ended = await endOf(run);
		expect(ended.items.map(({ json }) => json.status)).toEqual(['succeeded', 'succeeded']);
	},
);

test('a node may have any name', async () => {
	const nodeName = `My "own" {{ $json }} \\ node's name`;
	const run = await suspend(['A kite'], {}, { nodeName });
	const ended = await endOf(run);
	expect(ended.passedOn).toMatchObject([{ json: { status: 'succeeded' } }]);
});

test('without the tokens nothing is looked at', async () => {
	const run = await suspend(['A kite [sandbox: seconds=10, callback=lose]']);
	const { callbackUrl, id } = taskFor(run.key, 'A kite');
	const before = polls(bench, run.key).all.length;
	expect(await callBack(callbackUrl!.replace(/signature=[^&]*/, 'signature=guessed'))).toBe(401);
	expect(await callBack(callbackUrl!.replace(/([?&])token=[^&]*/, '$1token=guessed'))).toBe(401);
	expect(await callBack(callbackUrl!.replace(/[?&]token=[^&]*/, ''))).toBe(401);
	expect(polls(bench, run.key).all).toHaveLength(before);
	expect(await callBack(callbackUrl!, { id, status: 'completed' })).toBe(200);
	await until(() => polls(bench, run.key).all.length > before);
	expect(run.passedOn).toEqual([]);
	// This one call has been enough: the node stays for the end, which is called back in vain here.
	expect((await endOf(run)).passedOn).toMatchObject([{ json: { taskId: id } }]);
});

test('a failed task ends the execution, with its reason and the IDs of all', async () => {
	const run = await suspend([
		'Good [sandbox: seconds=8]',
		'Bad [sandbox: seconds=1, fail=content_policy_violation]',
	]);
	const ended = await endOf(run);
	expect(ended.status).toBe('error');
	expect(ended.passedOn).toEqual([]);
	const bad = taskFor(run.key, 'Bad').id;
	const good = taskFor(run.key, 'Good').id;
	expect(ended.error).toMatchObject({
		message: 'EvoLink: The request was refused by the content policy.',
		description: expect.stringContaining(`Task ID: ${bad}`),
	});
	expect(ended.error!.description).toContain(good);
});

test('a picture that is gone ends the execution, with the ID of its task', async () => {
	const run = await suspend(['A kite [sandbox: seconds=1, download=dead]']);
	const ended = await endOf(run);
	expect(ended.status).toBe('error');
	expect(ended.error!.description).toContain(taskFor(run.key, 'A kite').id);
});

test('with Continue, what failed is an item in its place', async () => {
	const prompts = [
		'Good [sandbox: seconds=2]',
		'Bad [sandbox: seconds=1, fail=content_policy_violation]',
		'Gone [sandbox: seconds=1, download=dead]',
		'',
		'Fine',
	];
	const run = await suspend(prompts, {}, { onError: 'continueRegularOutput' });
	const { passedOn, status } = await endOf(run);
	expect(status).toBe('success');
	expect(passedOn.map(({ json }) => json.kind ?? json.status)).toEqual([
		'succeeded',
		'moderation',
		'download',
		'badInput',
		'succeeded',
	]);
	expect(passedOn[1]!.json.taskId).toBe(taskFor(run.key, 'Bad').id);
	expect(passedOn[2]!.json.taskId).toBe(taskFor(run.key, 'Gone').id);
});

test('with an error output, what failed goes there', async () => {
	const run = await suspend(
		['Good', 'Bad [sandbox: fail=content_policy_violation]', ''],
		{},
		{ onError: 'continueErrorOutput' },
	);
	const { outputs } = await endOf(run);
	expect(outputs[0]).toHaveLength(1);
	expect(outputs[1]).toMatchObject([
		{ json: { error: { kind: 'moderation', taskId: taskFor(run.key, 'Bad').id } } },
		{ json: { error: { kind: 'badInput' } } },
	]);
});

test('an item that is refused at once ends the execution before it is put aside', async () => {
	const run = await suspend(['Good', ''], { options: { concurrency: 1 } });
	expect(run.status).toBe('error');
	expect(run.error!.message).toBe('The Prompt is empty.');
	expect(run.error!.description).toContain(taskFor(run.key, 'Good').id);
	expect(run.waitTill).toBeUndefined();
});

test('when nothing is left to wait for, nothing is put aside', async () => {
	const refused = await suspend(['', ''], {}, { onError: 'continueRegularOutput' });
	expect(refused.status).toBe('success');
	expect(refused.passedOn).toMatchObject([
		{ json: { kind: 'badInput' } },
		{ json: { kind: 'badInput' } },
	]);

	// The second create answers so late that the first task has called back before.
	const ended = await suspend(
		['Quick [sandbox: seconds=0, callback-repeat=0]'],
		{},
		{
			faults: { create: { status: 429, times: 1, retryAfter: 0 } },
		},
	);
	const { passedOn } = await endOf(ended);
	expect(passedOn).toMatchObject([{ json: { status: 'succeeded' } }]);
});

test('when the time limit comes first, the items go on with their task IDs and Task: Wait picks them up', async () => {
	const prompts = ['A kite', 'A boat'].map(
		(wish) => `${wish} [sandbox: seconds=600, callback=lose]`,
	);
	const run = await suspend(prompts, { options: { timeLimitSeconds: 100 } });
	expect(run.waitTill!.getTime()).toBeGreaterThan(Date.now());
	const ended = await run.passTimeLimit();
	expect(ended.status).toBe('success');
	const ids = ['A kite', 'A boat'].map((prompt) => taskFor(run.key, prompt).id);
	expect(ended.passedOn.map(({ json }) => json)).toEqual(
		ids.map((taskId, item) => ({
			prompt: prompts[item],
			taskId,
			taskIds: [taskId],
			provider: 'evolink',
			model: 'gpt-image-2',
			status: 'queued',
		})),
	);

	for (const id of ids) bench.sandbox.evolink.finishTask(id);
	const later = await bench.run(
		'task',
		'wait',
		{ taskId: '={{ $json.taskId }}' },
		{ key: run.key, items: ended.passedOn.map(({ json }) => ({ json })) },
	);
	expect(later.items.map(({ json }) => [json.taskId, json.status])).toEqual(
		ids.map((id) => [id, 'succeeded']),
	);
	expect(charges(run.key)).toBe(2);
});

test.each([1e12, 1e300])(
	'a time limit of %d seconds is a date that n8n can keep',
	async (timeLimitSeconds) => {
		const run = await suspend(['A kite [sandbox: seconds=600, callback=lose]'], {
			options: { timeLimitSeconds },
		});
		expect(run.status).toBe('waiting');
		expect(run.waitTill!.toISOString()).toBe('3000-01-01T00:00:00.000Z');
	},
);

test('a provider that is down when it has called back is asked again', async () => {
	const run = await suspend(['A kite [sandbox: seconds=1, poll=503 times=3]', 'A boat']);
	const ended = await endOf(run);
	expect(ended.passedOn.map(({ json }) => json.status)).toEqual(['succeeded', 'succeeded']);
});

test('a credential that no longer works is an error with the IDs, not a silent end', async () => {
	const run = await suspend(['A kite [sandbox: seconds=1, poll=401]']);
	const ended = await endOf(run);
	expect(ended.status).toBe('error');
	expect(ended.error!.description).toContain(taskFor(run.key, 'A kite').id);
});

test('Retry On Fail sends nothing twice', async () => {
	const run = await suspend(
		['Good', 'Broken [sandbox: create=500 after-effect times=1]'],
		{ options: { concurrency: 1 } },
		{ retryOnFail: { maxTries: 2 } },
	);
	const ended = await endOf(run);
	expect(ended.passedOn).toHaveLength(2);
	expect(bench.sandbox.evolink.tasks(run.key)).toHaveLength(2);
	expect(charges(run.key)).toBe(2);
});

test('of many tasks a few call back, and the others are asked about', async () => {
	const prompts = Array.from({ length: 60 }, (_, item) => `Kite ${item} [sandbox: seconds=3]`);
	prompts[30] = 'The last kite [sandbox: seconds=6]';
	const run = await suspend(prompts, { options: { concurrency: 60 } });
	const calling = bench.sandbox.evolink.tasks(run.key).filter(({ callbackUrl }) => callbackUrl);
	const expected = [11, 23, 35, 47, 59].map((item) => prompts[item]!.replace(/ \[.*/, ''));
	expect(new Set(calling.map(({ prompt }) => prompt.replace(/ \[.*/, '')))).toEqual(
		new Set(expected),
	);
	const before = polls(bench, run.key).all.length;
	const ended = await endOf(run);
	expect(ended.passedOn).toHaveLength(60);
	expect(new Set(ended.passedOn.map(({ json }) => json.taskId)).size).toBe(60);
	expect(polls(bench, run.key).all.length - before).toBeLessThan(60);
});

test('when none of the tasks that call back could be started, the others are waited for', async () => {
	const prompts = Array.from({ length: 12 }, (_, item) => `Boat ${item} [sandbox: seconds=1]`);
	for (const item of [2, 4, 7, 9, 11]) prompts[item] = '';
	const run = await suspend(prompts, {}, { onError: 'continueRegularOutput' });
	expect(run.status).toBe('success');
	expect(run.passedOn.filter(({ json }) => json.status === 'succeeded')).toHaveLength(7);
});

test('an address that nobody outside can reach is refused before anything is sent', async () => {
	const run = await suspend(
		['A kite'],
		{},
		{
			credential: { baseUrl: 'https://api.evolink.ai' },
		},
	);
	expect(run.error).toMatchObject({
		message: 'n8n\'s own address points to "127.0.0.1", which can\'t be reached from the internet.',
		description: expect.stringContaining('WEBHOOK_URL'),
	});
	expect(creates(bench, run.key)).toEqual([]);
});

test("an AI agent's tool can't be suspended", async () => {
	const run = await bench.image(
		'generate',
		{ ...suspended, prompt: 'A kite' },
		{ asTool: true, items: [{ json: {} }] },
	);
	expect(JSON.stringify(run.items)).toContain("tool can't be suspended");
	expect(creates(bench, run.key)).toEqual([]);
});
