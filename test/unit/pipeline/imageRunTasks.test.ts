// From an item's wish to its tasks: into how many it is parted, what a later try takes up, and what comes out where some fail.
import type { IDataObject } from 'n8n-workflow';

import { beginExecution, type ExecutionSettings, type ItemWork } from '../../../pipeline/execution';
import { createImageRun, type ImageRun } from '../../../pipeline/imageRun';
import type { LocalRequest } from '../../../pipeline/media/inputImages';
import { isRepeated } from '../../../pipeline/told/repeats';
import { failureIn } from '../../../pipeline/result';
import { connect } from '../../../pipeline/session';
import type { ImageProvider, ImageTask } from '../../../providers/contract';
import { ImageFailure } from '../../../providers/failure';
import { requestWith } from '../providers/support';
import { done, evoLink, failed, running, told } from './evoLinkTasks';
import { otherEnd, type Answer, type Asked, type Told } from './otherEnd';
import { createVirtualClock } from './virtualClock';

const KEY = 'sk-secret';
const MADE = { results: ['https://files.example.com/1.png'] };
const made = (id: string) => ({ ...done(id), ...MADE });
const refusedTask = (id: string) => ({
	...failed(id),
	error: { code: 'content_policy_violation', message: 'No.' },
});
/** Two images a task. */
const inPairs: ImageProvider = {
	...evoLink,
	limits: (model) => ({ ...evoLink.limits(model), maxPerTask: 2 }),
};
/** The answer to a create has its image. */
const atOnce: ImageProvider = {
	...evoLink,
	poll: undefined,
	pollMany: undefined,
	limits: (model) => ({ ...evoLink.limits(model), maxPerTask: 1 }),
};
const REFUSED: Told = {
	statusCode: 400,
	body: { error: { code: 'invalid_parameter', message: 'No such size.' } },
};

interface Given {
	provider: ImageProvider;
	/** How the node is set up in n8n. */
	node: IDataObject;
	isTool: boolean;
	settings: Partial<ExecutionSettings>;
}

/** Without Retry On Fail. */
const ONCE = { retryOnFail: false };

const isCreate = ({ method, url }: Asked) => method === 'POST' && url.endsWith('/generations');

/** One item of a node that may run several times. `state` is how each task stands. */
function open(
	state: (id: string) => object,
	given: Partial<Given> = {},
	create: (count: number) => Told = (count) => ({
		body: { id: `task-${count}`, status: 'pending' },
	}),
) {
	const { provider = evoLink, node, isTool = false, settings } = given;
	const clock = createVirtualClock();
	let created = 0;
	const { context, asked } = otherEnd(clock, (one) =>
		isCreate(one) ? create(++created) : told(one, state),
	);
	const memory: IDataObject = {};
	const hints: string[] = [];
	const cancel = new AbortController();
	Object.assign(context, {
		getContext: () => memory,
		getWorkflowDataProxy: () => ({ $runIndex: 0 }),
		getNode: () => ({
			parameters: {},
			type: 'evoLink',
			name: 'EvoLink',
			retryOnFail: true,
			...node,
		}),
		getExecutionId: () => '1',
		getInstanceId: () => 'n8n',
		getWorkflow: () => ({ id: '1' }),
		getExecutionCancelSignal: () => cancel.signal,
		isToolExecution: () => isTool,
		continueOnFail: () => false,
		getInputData: () => [{ json: {} }],
		addExecutionHints: ({ message }: { message: string }) => hints.push(message),
		logger: { info: () => {} },
	});

	async function run<Value>(
		job: (run: ImageRun, work: ItemWork, stop: () => void) => Promise<Value>,
		timeLimitSeconds = 60,
	) {
		asked.length = 0;
		const execution = beginExecution(
			context,
			{ concurrency: 5, timeLimitSeconds, ...settings },
			clock,
		);
		const imageRun = createImageRun(
			connect(context, 'evoLinkApi', provider, [KEY], clock),
			execution,
		);
		const work = execution.workOn(0, async (each) => await job(imageRun, each, execution.stop));
		const ended = await clock.until(work);
		if (!ended.ok) throw ended.error;
		const { result, taskIds } = ended.value;
		return {
			value: result.ok ? result.value : undefined,
			failure: result.ok ? undefined : (failureIn(result.error)?.details ?? result.error),
			taskIds,
			creates: asked.filter(isCreate).map(({ body }) => body),
			asked: asked.length,
			hints: hints.splice(0),
		};
	}
	return { run, cancel, clock, context };
}

const waited =
	(request: Partial<LocalRequest> = {}) =>
	async (run: ImageRun, work: ItemWork) =>
		await run.submitAndWait(work, requestWith(request));
const submitted =
	(request: Partial<LocalRequest> = {}) =>
	async (run: ImageRun, work: ItemWork) =>
		await run.submit(work, requestWith(request));
const facts = (tasks: ImageTask[] | undefined) =>
	tasks?.map(({ id, status, replayed = false }) => [id, status, replayed]);

describe('a wish is made', () => {
	test('by one task, which is waited for', async () => {
		const { run } = open(made);
		const { value, taskIds, creates, hints } = await run(waited({ count: 2 }));
		expect(facts(value)).toEqual([['task-1', 'succeeded', false]]);
		expect([taskIds, hints]).toEqual([['task-1'], []]);
		expect(creates).toEqual([{ model: 'gpt-image-2', prompt: 'A red fox', n: 2 }]);
	});

	test('by as many as it takes, where one makes fewer images', async () => {
		const { run } = open(made, { provider: inPairs });
		const { value, taskIds, creates } = await run(waited({ count: 5 }));
		expect(creates.map(({ n }) => n)).toEqual([2, 2, 1]);
		expect(taskIds).toEqual(['task-1', 'task-2', 'task-3']);
		expect(value!.map(({ id }) => id)).toEqual(taskIds);
	});

	test('not where it is beyond what the model takes: nothing is sent', async () => {
		const { failure, asked } = await open(made).run(waited({ count: 1000 }));
		expect([failure, asked]).toMatchObject([{ kind: 'badInput' }, 0]);
	});

	test('as far as it can be, where one of several tasks is refused', async () => {
		const { run } = open(made, { provider: inPairs, node: ONCE }, (count) =>
			count === 2 ? REFUSED : { body: { id: `task-${count}`, status: 'pending' } },
		);
		const { value, hints } = await run(waited({ count: 5 }));
		expect(value!.map(({ id }) => id)).toEqual(['task-1', 'task-3']);
		expect(hints).toEqual([
			'2 images of item 0 are missing. EvoLink: No such size. Change the named setting and run this again. Nothing was charged for this request.',
		]);
	});

	test('by a later try first, where n8n makes one: the others are named', async () => {
		const { run } = open(made, { provider: inPairs }, (count) =>
			count === 2 ? REFUSED : { body: { id: `task-${count}`, status: 'pending' } },
		);
		const { failure, taskIds } = await run(waited({ count: 5 }));
		expect(failure).toMatchObject({ kind: 'badRequest' });
		expect(taskIds).toEqual(['task-1', 'task-3']);
	});
});

describe('input images', () => {
	const [first, second, mask] = ['1', '2', 'mask'].map((name) => ({
		label: name,
		url: `https://files.example.com/${name}.png`,
	}));
	const references = [first!, second!];

	test('go with each of the tasks', async () => {
		const { creates } = await open(made, { provider: inPairs }).run(
			waited({ count: 3, references, mask }),
		);
		const sent = { image_urls: [first!.url, second!.url], mask_url: mask!.url };
		expect(creates).toMatchObject([sent, sent]);
	});

	test('go before the motif that later formats are made from, and a mask with the first one only', async () => {
		const formats = ['Post', 'Story'].map((name) => ({ name, width: 1024, height: 1024 }));
		const { creates } = await open(made).run(
			waited({ references: [first!], mask, formats, keepMotif: true }),
		);
		expect(creates.map(({ image_urls: images, mask_url: masked }) => [images, masked])).toEqual([
			[[first!.url], mask!.url],
			[[first!.url, ...MADE.results], undefined],
		]);
	});
});

describe('a later try', () => {
	test('waits for the task of the earlier one', async () => {
		let state: (id: string) => object = running;
		const { run } = open((id) => state(id));
		const first = await run(waited());
		expect(first.failure).toMatchObject({ kind: 'timeLimit', taskId: 'task-1' });
		state = made;
		const again = await run(waited());
		expect(again.creates).toEqual([]);
		expect(facts(again.value)).toEqual([['task-1', 'succeeded', true]]);
		expect(again.taskIds).toEqual(['task-1']);
	});

	test('makes another one where that has failed and cost nothing, five times in all', async () => {
		const { run } = open(failed);
		for (const attempt of [1, 2, 3, 4, 5]) {
			const { creates, value } = await run(waited());
			expect(creates).toHaveLength(1);
			expect(facts(value)).toEqual([[`task-${attempt}`, 'failed', false]]);
		}
		const { creates, value, taskIds } = await run(waited());
		expect(creates).toEqual([]);
		expect(facts(value)).toEqual([['task-5', 'failed', true]]);
		// Nothing is left to fetch.
		expect(taskIds).toEqual([]);
	});

	test.each<[string, (id: string) => object]>([
		['was refused, as the next one would be', refusedTask],
		[
			'was cancelled, and may have been charged',
			(id) => ({ id, status: 'cancelled', progress: 0 }),
		],
		['has cost something', (id) => ({ ...failed(id), billing: { charged_credits: 2 } })],
	])('makes no other one where that %s', async (_what, state) => {
		const { run } = open(state);
		await run(waited());
		const { creates, value } = await run(waited());
		expect(creates).toEqual([]);
		expect(value).toMatchObject([{ id: 'task-1', replayed: true }]);
	});

	test('names the task of the earlier one also where it can’t be looked up', async () => {
		let isRefused = false;
		const provider: ImageProvider = {
			...evoLink,
			readTask: (answer) => {
				if (!isRefused) return evoLink.readTask(answer);
				throw new ImageFailure({ kind: 'auth', message: 'No.', advice: 'Look.' });
			},
		};
		const { run } = open(running, { provider });
		await run(submitted());
		isRefused = true;
		const { failure, taskIds, creates } = await run(submitted());
		expect(failure).toMatchObject({ kind: 'auth', taskId: 'task-1' });
		expect([taskIds, creates]).toEqual([['task-1'], []]);
	});
});

test('an order of the person’s that was made before and has failed is ordered anew, and isn’t one of before any more', async () => {
	const { run, context } = open(
		(id) => (id === 'task-1' ? failed(id) : made(id)),
		{},
		(count) => ({
			body: { id: `task-${count}`, status: 'pending' },
			...(count === 1 && { headers: { 'idempotency-replayed': 'true' } }),
		}),
	);
	const { value, creates } = await run(waited({ orderReference: 'row 13' }));
	expect([facts(value), creates.length]).toEqual([[['task-2', 'succeeded', false]], 2]);
	expect(isRepeated(context, 0)).toBe(false);
});

test('an order of the person’s that was made before is one of before', async () => {
	const { run, context } = open(made, {}, () => ({
		body: { id: 'task-1', status: 'pending' },
		headers: { 'idempotency-replayed': 'true' },
	}));
	await run(waited({ orderReference: 'row 13' }));
	expect(isRepeated(context, 0)).toBe(true);
});

test('the images of ended tasks come as items, those of all tasks in their order', async () => {
	const { run } = open(made, { provider: inPairs });
	const { value } = await run(async (each, work) => {
		const tasks = await each.submitAndWait(work, requestWith({ count: 3 }));
		return await each.collect(work, tasks, {});
	});
	expect(value!.map(({ json, pairedItem }) => [json.taskId, json.url, pairedItem])).toEqual([
		['task-1', MADE.results[0], { item: 0 }],
		['task-2', MADE.results[0], { item: 0 }],
	]);
});

describe('what is only started', () => {
	test('comes as it stands, and isn’t asked for', async () => {
		const { value, asked } = await open(made).run(submitted());
		expect(facts(value)).toEqual([['task-1', 'queued', false]]);
		expect(asked).toBe(1);
	});

	test('comes as an earlier try’s task stands now', async () => {
		const { run } = open(running);
		await run(submitted());
		const { value, asked, creates } = await run(submitted());
		expect(facts(value)).toEqual([['task-1', 'running', true]]);
		expect([creates, asked]).toEqual([[], 2]);
	});

	test('is made anew where an earlier try’s task has failed and cost nothing', async () => {
		const { run } = open((id) => (id === 'task-1' ? failed(id) : running(id)));
		await run(submitted());
		const { value, creates } = await run(submitted());
		expect(creates).toHaveLength(1);
		expect(facts(value)).toEqual([['task-2', 'queued', false]]);
	});
});

describe('where the answer to a create has its image', () => {
	const answered = (count: number): Answer => ({ body: made(`task-${count}`) });

	test('nothing is waited for', async () => {
		const { value, asked, hints } = await open(made, { provider: atOnce }, answered).run(
			waited({ count: 2 }),
		);
		expect(facts(value)).toEqual([
			['task-1', 'succeeded', false],
			['task-2', 'succeeded', false],
		]);
		expect([asked, hints]).toEqual([2, []]);
	});

	test('those that have come are kept, and a hint says what is missing and why, once', async () => {
		const { run } = open(made, { provider: atOnce, node: ONCE }, (count) =>
			count === 2 || count === 4 ? REFUSED : answered(count),
		);
		const { value, hints } = await run(waited({ count: 4 }));
		expect(facts(value)).toEqual([
			['task-1', 'succeeded', false],
			['task-3', 'succeeded', false],
		]);
		expect(hints).toEqual([
			'2 images of item 0 are missing. EvoLink: No such size. Change the named setting and run this again. Nothing was charged for this request.',
		]);
	});

	test('nothing comes where none has come', async () => {
		const { run } = open(made, { provider: atOnce }, () => REFUSED);
		const { failure, hints } = await run(waited({ count: 2 }));
		expect(failure).toMatchObject({ kind: 'badRequest', message: 'EvoLink: No such size.' });
		expect(hints).toEqual([]);
	});

	test('an execution that was stopped meanwhile says so, whatever has come', async () => {
		let stopNow = () => {};
		const { run } = open(made, { provider: atOnce, settings: { concurrency: 1 } }, (count) => {
			stopNow();
			return answered(count);
		});
		const { failure, creates } = await run(async (each, work, stop) => {
			stopNow = stop;
			return await each.submitAndWait(work, requestWith({ count: 2 }));
		});
		expect([failure, creates.length]).toMatchObject([{ kind: 'cancelled' }, 1]);
	});

	test('a defect is told, and takes nothing with it that has come', async () => {
		const defect = new TypeError('no');
		const provider: ImageProvider = {
			...atOnce,
			readTask: (answer) => {
				if ((answer.body as { id: string }).id === 'task-2') throw defect;
				return evoLink.readTask(answer);
			},
		};
		const { value, hints } = await open(made, { provider, node: ONCE }, answered).run(
			waited({ count: 2 }),
		);
		expect(facts(value)).toEqual([['task-1', 'succeeded', false]]);
		expect(hints).toEqual(['One image of item 0 is missing. no']);
	});
});

describe('an execution that has ended', () => {
	test('starts nothing where another item has failed for good', async () => {
		const { failure, asked } = await open(made).run(async (run, work, stop) => {
			stop();
			return await run.submitAndWait(work, requestWith({}));
		});
		expect([failure, asked]).toMatchObject([{ kind: 'cancelled' }, 0]);
	});

	test('doesn’t wait for what it has started, and names it', async () => {
		const { run, cancel, clock } = open(running);
		void clock.pause(5000).then(() => cancel.abort());
		const { failure, taskIds } = await run(waited());
		expect(failure).toMatchObject({ kind: 'cancelled' });
		expect([taskIds, clock.passed()]).toEqual([['task-1'], 5000]);
	});
});

describe('an item of a suspended execution', () => {
	const output = { binaryField: 'data', fileName: `fox ${KEY}` };
	const suspended =
		(request: Partial<LocalRequest> = {}) =>
		async (run: ImageRun, work: ItemWork) =>
			await run.submitSuspended(work, requestWith(request), output);
	const callbackUrl = 'https://n8n.example.com/webhook-waiting/1/imagegen';

	test('waits for its tasks, and keeps what becomes of them, without secrets', async () => {
		const { value } = await open(running, { provider: inPairs }).run(
			suspended({ count: 3, callbackUrl }),
		);
		expect(value).toEqual({
			taskIds: ['task-1', 'task-2'],
			request: {
				model: 'gpt-image-2',
				size: undefined,
				quality: undefined,
				outputFormat: undefined,
				count: 3,
				orderReference: undefined,
			},
			parts: [
				{ count: 2, replayed: false },
				{ count: 1, replayed: false },
			],
			binaryField: 'data',
			fileName: 'fox •••',
			callsBack: true,
		});
	});

	test('calls nobody back without an address', async () => {
		const { value } = await open(running).run(suspended());
		expect(value!.callsBack).toBe(false);
	});

	test('calls nobody back whose task was given the address of an earlier try', async () => {
		const { run } = open(running);
		await run(suspended({ callbackUrl }));
		expect((await run(suspended({ callbackUrl }))).value!.callsBack).toBe(false);
	});

	test('calls nobody back of whose tasks one was given the address of an earlier try', async () => {
		const { run } = open(running, { provider: inPairs }, (count) =>
			count === 2 ? REFUSED : { body: { id: `task-${count}`, status: 'pending' } },
		);
		await run(suspended({ callbackUrl, count: 3 }));
		const { value } = await run(suspended({ callbackUrl, count: 3 }));
		expect([value!.taskIds, value!.callsBack]).toEqual([['task-1', 'task-3'], false]);
	});

	test('keeps for each format what is its own', async () => {
		const formats = [
			{ name: 'Post', width: 1024, height: 1024 },
			{ name: 'Story', width: 1024, height: 1536 },
		];
		const { value } = await open(running).run(suspended({ formats, callbackUrl }));
		expect(value!.taskIds).toEqual(['task-1', 'task-2']);
		expect(value!.parts).toMatchObject([
			{ format: formats[0], count: 1 },
			{ format: formats[1], count: 1 },
		]);
	});
});

describe('formats', () => {
	const formats = ['Post', 'Story', 'Link'].map((name) => ({ name, width: 1024, height: 1024 }));
	const names = (tasks: ImageTask[] | undefined) => tasks?.map(({ asked }) => asked?.format?.name);
	const once = { node: { retryOnFail: false } };

	test('are made at the same time where each has a motif of its own', async () => {
		const { value, creates } = await open(made).run(waited({ formats }));
		expect(names(value)).toEqual(['Post', 'Story', 'Link']);
		expect(creates.map(({ image_urls: urls }) => urls)).toEqual([undefined, undefined, undefined]);
	});

	test('are made from the image of the first one where they keep its motif', async () => {
		const { value, creates } = await open(made).run(waited({ formats, keepMotif: true }));
		expect(names(value)).toEqual(['Post', 'Story', 'Link']);
		expect(creates.map(({ image_urls: urls }) => urls)).toEqual([
			undefined,
			MADE.results,
			MADE.results,
		]);
	});

	test('keep each to its own image of the first one, where another of these has failed', async () => {
		const provider: ImageProvider = {
			...evoLink,
			limits: (model) => ({ ...evoLink.limits(model), maxPerTask: 1 }),
		};
		const linkOf = (id: string) => `https://files.example.com/${id}.png`;
		const state = (id: string) =>
			id === 'task-1' ? failed(id) : { ...done(id), results: [linkOf(id)] };
		const { run } = open(state, { ...once, provider });
		const wish = { count: 2, formats: formats.slice(0, 2), keepMotif: true };
		const { creates, hints } = await run(waited(wish));
		const again = await run(waited(wish));
		expect(creates.map(({ image_urls: urls }) => urls)).toEqual([
			undefined,
			undefined,
			[linkOf('task-2')],
		]);
		expect(hints.join()).toContain('It would have been made from');
		expect(again.creates.map(({ image_urls: urls }) => urls)).toEqual([
			undefined,
			[linkOf('task-4')],
		]);
	});

	test('are not made from one that has failed', async () => {
		const { run } = open(failed, once);
		const { value, creates } = await run(waited({ formats, keepMotif: true }));
		expect(creates).toHaveLength(1);
		expect(facts(value)).toEqual([['task-1', 'failed', false]]);
	});

	test('are not made from one that was refused', async () => {
		const { run } = open(made, once, () => REFUSED);
		const { failure, creates } = await run(waited({ formats, keepMotif: true }));
		expect([failure, creates.length]).toMatchObject([{ kind: 'badRequest' }, 1]);
	});

	test('that are refused take none of the others with them: a hint says which and why', async () => {
		const { run } = open(made, once, (count) =>
			count === 2 ? REFUSED : { body: { id: `task-${count}`, status: 'pending' } },
		);
		const { value, hints } = await run(waited({ formats }));
		expect(names(value)).toEqual(['Post', 'Link']);
		expect(hints).toEqual([
			'These formats of item 0 are missing: Story. EvoLink: No such size. Change the named setting and run this again. Nothing was charged for this request.',
		]);
	});

	test('that are only started come as they stand', async () => {
		const { value, asked } = await open(made).run(submitted({ formats }));
		expect([names(value), asked]).toEqual([['Post', 'Story', 'Link'], 3]);
	});
});

test('that a format is drawn in another shape is told of once, however many items want it', async () => {
	const provider: ImageProvider = {
		...evoLink,
		limits: (model) => ({ ...evoLink.limits(model), sizes: ['1024x1024'] }),
	};
	const formats = [{ name: 'Story', width: 1024, height: 1536 }];
	const { hints } = await open(made, { provider }).run(async (run, work) => {
		await run.submit(work, requestWith({ formats }));
		return await run.submit(work, requestWith({ formats }));
	});
	expect(hints).toEqual([
		'gpt-image-2 draws Story (1024 × 1536) as 1024x1024, the nearest that it has: about 33% are cut off when it is brought to its pixels.',
	]);
});

describe('a tool of an agent', () => {
	const spending = { allowUnknownPrices: true, maximumImages: 3 };
	const tool = { isTool: true, settings: { spending } };

	test('orders no more images in an execution than it may', async () => {
		const { run } = open(made, tool);
		expect((await run(waited({ count: 2 }))).value).toHaveLength(1);
		const { failure, asked } = await run(waited({ count: 2, prompt: 'A hen' }));
		expect(failure).toMatchObject({
			kind: 'costLimit',
			message: expect.stringContaining(
				'2 images were ordered before, and this call asks for 2 more.',
			),
		});
		expect(asked).toBe(0);
	});

	test('may order as many again where nothing was ordered by a call that has failed', async () => {
		const { run } = open(made, tool, (count) =>
			count === 1 ? REFUSED : { body: { id: `task-${count}`, status: 'pending' } },
		);
		expect((await run(waited({ count: 2 }))).failure).toMatchObject({ kind: 'badRequest' });
		expect((await run(waited({ count: 3, prompt: 'A hen' }))).failure).toBeUndefined();
	});

	test('orders as many as it likes where it is none', async () => {
		const { failure } = await open(made, { settings: { spending } }).run(waited({ count: 4 }));
		expect(failure).toBeUndefined();
	});
});

describe('a task that is waited for later', () => {
	test('comes when it has ended, with what it was to make', async () => {
		const { run, clock } = open((id) => (clock.passed() < 5000 ? running(id) : made(id)));
		const { value } = await run(
			async (each, work) => await each.wait(work, 'task-9', requestWith({ count: 2 })),
		);
		expect(value).toMatchObject({ id: 'task-9', status: 'succeeded', asked: { count: 2 } });
	});

	test('is told at the limit', async () => {
		const { run, clock } = open(running);
		const { failure } = await run(async (each, work) => await each.wait(work, 'task-9'), 10);
		expect(failure).toMatchObject({ kind: 'timeLimit', taskId: 'task-9' });
		expect(Math.floor(clock.passed() / 1000)).toBe(10);
	});

	test('is told as it stands where nobody waits', async () => {
		const { run } = open(running);
		const { value } = await run(async (each, work) => await each.poll('task-9', work.deadline));
		expect(value).toMatchObject({ id: 'task-9', status: 'running' });
	});
});
