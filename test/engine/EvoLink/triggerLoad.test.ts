// The EvoLink Trigger under load: a burst of callbacks, many of them repeated, overlapping, slow, and then a restart.
import { EvoLinkTrigger } from '../../../nodes/EvoLink/EvoLinkTrigger.node';
import { refusedForGood, untilTaken, type EngineTrigger } from '../support';
import { deliver, orderSilently, startTasks } from './ordering';
import { startBench, until, type Bench } from './setup';
import { downloads, polls } from './traffic';

const TASKS = 500;

let bench: Bench;
beforeAll(async () => {
	bench = await startBench();
});
afterAll(async () => await bench.close());

/** The node's code as n8n loads it when it starts: nothing that an earlier process remembered is there. */
function loadNode(): EvoLinkTrigger {
	const path = '../../../nodes/EvoLink/EvoLinkTrigger.node';
	let Loaded = EvoLinkTrigger;
	jest.isolateModules(() => {
		Loaded = jest.requireActual<{ EvoLinkTrigger: typeof EvoLinkTrigger }>(path).EvoLinkTrigger;
	});
	return new Loaded();
}

/** A trigger that can be restarted, and the address that EvoLink is told. */
async function listen(options: { output?: 'link' } = {}) {
	const { key } = bench.credentials({ credits: 1_000_000 });
	const node = loadNode();
	const listening = await bench.trigger(key, { options }, { node });
	const { address } = await orderSilently(bench, listening, key);
	const restart = () => {
		node.webhook = loadNode().webhook;
	};
	return { key, listening, address, restart };
}

async function finishedTasks(
	key: string,
	count: number,
	...directives: string[]
): Promise<string[]> {
	const prompts = Array<string>(count).fill(
		`A cat [sandbox: ${['seconds=60', ...directives].join(', ')}]`,
	);
	const ids = await startTasks(bench, key, prompts);
	for (const id of ids) bench.sandbox.evolink.finishTask(id);
	return ids;
}

const startedIds = ({ started }: EngineTrigger) =>
	started.map(([item]) => String(item!.json.taskId));

/** All at once, and what each was answered. */
async function deliverAll(address: string, ids: string[]) {
	return await Promise.all(
		ids.map(async (id) => await deliver(address, { id, status: 'completed' })),
	);
}

/** Each again, as long as that is asked for. */
async function deliverUntilTaken(address: string, ids: string[]) {
	return await Promise.all(
		ids.map(
			async (id) =>
				await untilTaken(async () => await deliver(address, { id, status: 'completed' })),
		),
	);
}

test('of 500 callbacks in a burst, a third repeated, each task starts its workflow once, also after a restart', async () => {
	const { key, listening, address, restart } = await listen({ output: 'link' });
	const ids = await finishedTasks(key, TASKS);
	const burst = ids.flatMap((id, index) => (index % 3 === 0 ? [id, id] : [id]));
	let maxAtOnce = 0;
	const watching = setInterval(() => {
		const open = polls(bench, key).all.filter(({ status }) => status === 0);
		maxAtOnce = Math.max(maxAtOnce, open.length);
	}, 1);
	bench.sandbox.evolink.setFaults(key, { answerDelayMs: 100 });

	const answers = await deliverUntilTaken(address, burst);
	clearInterval(watching);
	expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
	await until(() => listening.started.length >= TASKS);
	expect(startedIds(listening).sort()).toEqual([...ids].sort());
	expect(maxAtOnce).toBeGreaterThan(0);
	expect(maxAtOnce).toBeLessThanOrEqual(2);
	expect(polls(bench, key).all.length).toBeLessThan(TASKS / 2);
	expect(JSON.stringify(listening.staticData).length / TASKS).toBeLessThan(10);

	const asked = polls(bench, key).all.length;
	restart();
	const repeated = await deliverAll(address, ids);
	expect(new Set(repeated.map(({ message }) => message))).toEqual(new Set(['Already received.']));
	expect(polls(bench, key).all).toHaveLength(asked);
	expect(listening.started).toHaveLength(TASKS);
});

test('a delivery whose picture comes slowly does not make n8n forget those that came meanwhile', async () => {
	const { key, listening, address, restart } = await listen();
	const [slow] = await finishedTasks(key, 1, 'download=crawling');
	const [quick] = await finishedTasks(key, 1);
	const slowly = deliver(address, { id: slow, status: 'completed' });
	await until(() => downloads(bench, slow!).length > 0);
	await deliver(address, { id: quick, status: 'completed' });
	await slowly;
	await until(() => listening.started.length === 2);
	expect(startedIds(listening)).toEqual([quick, slow]);

	restart();
	for (const id of [slow!, quick!]) {
		expect((await deliver(address, { id, status: 'completed' })).message).toBe('Already received.');
	}
	expect(listening.started).toHaveLength(2);
});

test('several deliveries of a task at the same instant lead to one question and one start', async () => {
	const { key, listening, address } = await listen({ output: 'link' });
	const [id] = await finishedTasks(key, 1);
	const answers = await deliverAll(address, Array<string>(20).fill(id!));
	expect(refusedForGood(answers)).toEqual([]);
	expect(answers.filter(({ message }) => message === 'Received.')).toHaveLength(1);
	await until(() => listening.started.length > 0);
	expect(listening.started).toHaveLength(1);
	expect(polls(bench, key).all).toHaveLength(1);
});

test('a task among many that EvoLink does not know is sent away, and the others start', async () => {
	const { key, listening, address } = await listen({ output: 'link' });
	const ids = await finishedTasks(key, 20);
	bench.sandbox.evolink.setFaults(key, { answerDelayMs: 100 });
	const mixed = [...ids.slice(0, 10), 'task-unified-0-none', ...ids.slice(10)];
	const answers = await deliverAll(address, mixed);
	expect(answers[10]).toMatchObject({ status: 503 });
	expect(answers.filter(({ status }) => status === 200)).toHaveLength(20);
	await until(() => listening.started.length >= 20);
	expect(startedIds(listening).sort()).toEqual([...ids].sort());
});

test('pictures of a burst are fetched a few at a time', async () => {
	const { key, listening, address } = await listen();
	const ids = await finishedTasks(key, 40, 'download=slow');
	const open = () => ids.flatMap((id) => downloads(bench, id)).length - listening.started.length;
	let maxOpen = 0;
	const watching = setInterval(() => (maxOpen = Math.max(maxOpen, open())), 1);
	await deliverAll(address, ids);
	await until(() => listening.started.length === ids.length);
	clearInterval(watching);
	// Eight are fetched, and eight that have just been fetched may still be on their way to the workflow.
	expect(maxOpen).toBeGreaterThan(0);
	expect(maxOpen).toBeLessThanOrEqual(16);
});

test('a provider that does not answer is not asked for each of 500 tasks, and is told to deliver again', async () => {
	const { key, listening, address } = await listen({ output: 'link' });
	const ids = await finishedTasks(key, TASKS);
	bench.sandbox.evolink.setFaults(key, { answerDelayMs: 60_000 });
	const answers = await deliverAll(address, ids);
	expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([503]));
	expect(polls(bench, key).all.length).toBeLessThanOrEqual(50);

	bench.sandbox.evolink.setFaults(key, {});
	const again = await deliverUntilTaken(address, ids);
	expect(new Set(again.map(({ status }) => status))).toEqual(new Set([200]));
	await until(() => listening.started.length >= TASKS);
	expect(startedIds(listening).sort()).toEqual([...ids].sort());
});
