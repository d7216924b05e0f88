// Several task IDs in one item: Cancel stops all of them, each is asked for once, and a list may come as the JSON of one.
import { modelById, startBench as startFal, type Bench as FalBench } from './Fal/setup';
import { startTask } from './OpenAiImages/ordering';
import { startBench as startOpenAi, type Bench as OpenAiBench } from './OpenAiImages/setup';
import { requestsOf } from './OpenAiImages/traffic';

const UNKNOWN = 'resp_0000';

describe('OpenAI', () => {
	let bench: OpenAiBench;
	beforeAll(async () => {
		bench = await startOpenAi();
	});
	afterAll(async () => await bench.close());

	const statuses = (key: string) =>
		bench.sandbox.openai.responses(key).map(({ id, status }) => [id, status]);

	/** Tasks that are still at work. */
	async function startThree() {
		const key = bench.addKey();
		const ids: string[] = [];
		for (const prompt of ['One', 'Two', 'Three']) {
			ids.push((await startTask(bench, `${prompt} [sandbox: never]`, {}, { key })).id);
		}
		return { key, ids };
	}

	test.each<[string, (ids: string[]) => unknown]>([
		['a list', (ids) => ids],
		['commas', (ids) => ids.join(', ')],
		['JSON', (ids) => JSON.stringify(ids)],
		['one of them twice', (ids) => [...ids, ids[0]]],
	])('Cancel stops all of them: %s', async (_what, written) => {
		const { key, ids } = await startThree();
		const items = [{ json: { taskIds: written(ids) as string } }];
		const run = await bench.run('task/cancel', { taskId: '={{ $json.taskIds }}' }, { key, items });
		expect(run.error).toBeUndefined();
		expect(run.items.map(({ json, pairedItem }) => [json.taskId, json.status, pairedItem])).toEqual(
			ids.map((id) => [id, 'cancelled', { item: 0 }]),
		);
		expect(statuses(key)).toEqual(ids.map((id) => [id, 'cancelled']));
		expect(requestsOf(bench, key).filter(({ path }) => path.endsWith('/cancel'))).toHaveLength(3);
	});

	test('one that fails keeps no other from being cancelled, and is named', async () => {
		const { key, ids } = await startThree();
		const taskId = [UNKNOWN, ...ids].join();
		const run = await bench.run('task/cancel', { taskId }, { key });
		expect(run.items).toEqual([]);
		expect(run.error?.message).toBe(
			`1 of 4 tasks could not be cancelled: ${UNKNOWN}. OpenAI: Response with id '${UNKNOWN}' not found.`,
		);
		expect(run.error?.description).toContain('Check the ID');
		expect(run.error?.description).not.toContain('had been started too');
		expect(statuses(key)).toEqual(ids.map((id) => [id, 'cancelled']));
	});

	test('where the workflow goes on, its item lists those that were not cancelled', async () => {
		const { key, ids } = await startThree();
		const taskId = [...ids, UNKNOWN, 'resp_1111'].join();
		const onError = 'continueRegularOutput';
		const run = await bench.run('task/cancel', { taskId }, { key, onError });
		expect(run.items).toMatchObject([
			{ json: { kind: 'notFound', taskId: UNKNOWN, taskIds: [UNKNOWN, 'resp_1111'] } },
		]);
		expect(statuses(key)).toEqual(ids.map((id) => [id, 'cancelled']));
	});

	test('tasks that had ended are told of, and others not', async () => {
		const { key, ids } = await startThree();
		const { id: failed } = await startTask(bench, 'A [sandbox: fail=server_error]', {}, { key });
		for (const id of [ids[0]!, failed]) {
			bench.sandbox.openai.finishResponse(id);
			await bench.run('task/get', { taskId: id, options: { output: 'link' } }, { key });
		}
		const run = await bench.run('task/cancel', { taskId: [failed, ...ids].join() }, { key });
		expect(run.error).toBeUndefined();
		expect(run.items.map(({ json }) => json.status)).toEqual([
			'failed',
			'succeeded',
			'cancelled',
			'cancelled',
		]);
		expect(run.hints.map(({ message }) => message)).toEqual([
			`Of item 0, this had ended already, so that there was nothing to cancel: ${failed}, ${ids[0]}. Task: Get fetches its images, or says why there are none.`,
		]);
	});

	test.each(['get', 'wait'])('%s of the same ID twice counts its cost once', async (operation) => {
		const { key, id } = await startTask(bench, 'A boat');
		await bench.run('task/wait', { taskId: id }, { key });
		const once = await bench.run(`task/${operation}`, { taskId: id }, { key });
		const twice = await bench.run(`task/${operation}`, { taskId: `${id}, ${id}` }, { key });
		expect(twice.error).toBeUndefined();
		expect(twice.items).toHaveLength(1);
		expect(twice.notes).toEqual(once.notes);
	});
});

describe('fal', () => {
	let bench: FalBench;
	beforeAll(async () => {
		bench = await startFal();
	});
	afterAll(async () => await bench.close());

	test('Cancel stops all of them', async () => {
		const key = bench.sandbox.fal.addKey();
		const model = modelById('fal-ai/flux/dev');
		const ids: string[] = [];
		for (const prompt of ['A cat [sandbox: stuck]', 'A dog [sandbox: stuck]']) {
			const started = await bench.run(
				'image/generate',
				{ model, prompt, completion: 'return' },
				{ key },
			);
			ids.push(String(started.items[0]!.json.taskId));
		}
		const run = await bench.run('task/cancel', { taskId: JSON.stringify(ids) }, { key });
		expect(run.error).toBeUndefined();
		expect(run.items.map(({ json }) => [json.taskId, json.status])).toEqual(
			ids.map((id) => [id, 'cancelled']),
		);
		expect(bench.sandbox.fal.ledger(key).charged).toBe(0);
	});
});
