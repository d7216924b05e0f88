// What n8n shows and passes on while an execution is suspended, and what becomes of each item when it goes on.
import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { beginExecution } from '../../../../pipeline/execution';
import { createImageRun } from '../../../../pipeline/imageRun';
import { noteRepeat } from '../../../../pipeline/told/repeats';
import { failureIn } from '../../../../pipeline/result';
import { connect, type Connection } from '../../../../pipeline/session';
import { addHint } from '../../../../pipeline/told';
import { executeSuspended, type ItemLoops } from '../../../../pipeline/suspend/executeSuspended';
import type { SuspendedItem } from '../../../../pipeline/suspend/suspension';
import { done, evoLink, failed, idsOf, running, told } from '../evoLinkTasks';
import { otherEnd, type Told } from '../otherEnd';
import { createVirtualClock } from '../virtualClock';

const FILE = { data: { data: '', mimeType: 'image/png' } };
const LINK = 'https://files.example.com/1.png';
const made = (id: string) => ({ ...done(id), results: [LINK] });
const waitsFor = (...taskIds: string[]): SuspendedItem => ({ taskIds, callsBack: true });

interface Given {
	items: SuspendedItem[];
	/** What comes in. */
	input: INodeExecutionData[];
	continueOnFail: boolean;
	/** How each task stands, while the node runs for the first time and then. */
	states: Array<(id: string) => object>;
	/** Another answer than that to this question, if any. */
	instead?(run: number, question: number): Told | undefined;
	retryOnFail?: boolean;
	/** Done while the tasks are started. */
	whenStarted?(connection: Connection<IExecuteFunctions>): void;
}

/** A node that n8n runs as often as it is told. */
function open({ items, input, continueOnFail, states, instead, retryOnFail, whenStarted }: Given) {
	const clock = createVirtualClock();
	let run = 0;
	const { context: base, asked } = otherEnd(
		clock,
		(one) => instead?.(run, asked.length) ?? told(one, states[run - 1]!),
	);
	const hints: string[] = [];
	const memory: IDataObject = {};
	const executeData = { data: { main: [structuredClone(input)] } };
	let waits = 0;
	Object.assign(base, {
		getContext: () => memory,
		getExecutionId: () => '17',
		getWorkflowDataProxy: () => ({ $runIndex: 0 }),
		getNode: () => ({ parameters: {}, type: 'evoLink', name: 'EvoLink', retryOnFail }),
		addExecutionHints: ({ message }: { message: string }) => hints.push(message),
		continueOnFail: () => continueOnFail,
		getInputData: () => executeData.data.main[0],
		getExecuteData: () => executeData,
		putExecutionToWait: async () => {
			waits += 1;
		},
	});

	async function execute() {
		run += 1;
		asked.length = 0;
		// n8n hands each run a context of its own.
		const context = { ...base };
		const execution = beginExecution(context, { concurrency: 5, timeLimitSeconds: 60 }, clock);
		const connection = connect(context, 'evoLinkApi', evoLink, [], clock);
		const noted: Array<readonly string[]> = [];
		const loops: ItemLoops = {
			start: async () => {
				whenStarted?.(connection);
				return items;
			},
			fetch: async (fetchItem) => {
				const outcomes = await Promise.all(
					items.map(async (_, index) => await execution.workOn(index, fetchItem)),
				);
				return outcomes.flatMap(({ result, taskIds }) => {
					noted.push(taskIds);
					if (result.ok) return result.value;
					throw result.error;
				});
			},
			show: (shown) =>
				shown.map((item, index) => ({ ...item, json: { ...input[index]!.json, ...item.json } })),
		};
		const work = executeSuspended(createImageRun(connection, execution), execution, loops);
		const ended = await clock.until(work);
		return {
			shown: ended.ok ? ended.value : undefined,
			failure: ended.ok ? undefined : (failureIn(ended.error)?.details ?? ended.error),
			noted,
			asked: asked.map(idsOf),
		};
	}
	return { execute, executeData, memory, hints, waits: () => waits };
}

const one = (parts: Partial<Given>) =>
	open({
		items: [waitsFor('a')],
		input: [{ json: { sku: 1 } }],
		continueOnFail: false,
		states: [running, made],
		...parts,
	});

describe('while it waits', () => {
	const error = { json: { error: 'No.', kind: 'auth' }, pairedItem: { item: 1 } };
	const given: Partial<Given> = {
		items: [
			{ ...waitsFor('a'), prompt: 'A fox', request: { model: 'm', count: 1 } },
			{ taskIds: [], callsBack: false, output: error },
		],
		input: [
			{ json: { sku: 1, status: 'to do' }, binary: FILE },
			{ json: { sku: 2 }, pairedItem: { item: 1 } },
		],
		continueOnFail: true,
	};
	const WAITING = {
		json: {
			sku: 1,
			taskId: 'a',
			taskIds: ['a'],
			provider: 'evolink',
			model: 'm',
			prompt: 'A fox',
			status: 'queued',
		},
		pairedItem: { item: 0 },
	};

	test('n8n shows each task, and an error under another name', async () => {
		const { execute, waits } = one(given);
		const { shown } = await execute();
		expect(shown).toEqual([
			WAITING,
			{
				json: { sku: 2, kind: 'auth', status: 'failed', reason: 'No.' },
				pairedItem: { item: 1 },
			},
		]);
		expect(waits()).toBe(1);
	});

	test('n8n has for its time limit the tasks with the files that came in, and errors as such', async () => {
		const { execute, executeData } = one(given);
		await execute();
		expect(executeData.data.main[0]).toEqual([
			{ ...WAITING, binary: FILE },
			{ json: { sku: 2, error: 'No.', kind: 'auth' }, pairedItem: { item: 1 } },
		]);
	});

	test('what came in is there again when it goes on, and nothing is kept of it after', async () => {
		const { execute, executeData, memory, waits } = one(given);
		await execute();
		expect(memory).toHaveProperty('suspension');
		await execute();
		expect(executeData.data.main[0]!.map(({ json }) => json)).toEqual([
			{ sku: 1, status: 'to do' },
			{ sku: 2 },
		]);
		expect(memory).not.toHaveProperty('suspension');
		expect(waits()).toBe(1);
	});
});

describe('when it goes on', () => {
	test('each item has its images, or the error that it had', async () => {
		const output = { json: { error: 'No.' } };
		const { execute } = one({
			items: [waitsFor('a'), { taskIds: [], callsBack: false, output }],
			input: [{ json: {} }, { json: {} }],
			continueOnFail: true,
		});
		await execute();
		const { shown, noted, asked, failure } = await execute();
		expect(failure).toBeUndefined();
		expect(shown).toMatchObject([
			{ json: { taskId: 'a', url: LINK }, pairedItem: { item: 0 } },
			output,
		]);
		expect(noted).toEqual([['a'], []]);
		expect(asked).toEqual([['a']]);
	});

	test('an item has the images of all its tasks', async () => {
		const { execute } = one({ items: [waitsFor('a', 'b')] });
		await execute();
		const { shown, noted } = await execute();
		expect(shown!.map(({ json }) => json.taskId)).toEqual(['a', 'b']);
		expect(noted).toEqual([['a', 'b']]);
	});

	test('a failed task ends it, and a later try makes it anew', async () => {
		const { execute, memory } = one({ states: [running, failed] });
		await execute();
		expect((await execute()).failure).toMatchObject({ kind: 'taskFailed', taskId: 'a' });
		expect(memory).not.toHaveProperty('suspension');
	});

	test('another failure ends it, and a later try fetches what was made', async () => {
		const { execute, memory } = one({
			items: [waitsFor('a'), waitsFor('b')],
			input: [{ json: {} }, { json: {} }],
			states: [running, (id) => (id === 'a' ? done(id) : made(id))],
		});
		await execute();
		expect((await execute()).failure).toMatchObject({ kind: 'unreadableAnswer', taskId: 'a' });
		expect(memory).toHaveProperty('suspension');
	});
});

describe('what was told of an item when its tasks were started', () => {
	const given: Partial<Given> = {
		items: [{ ...waitsFor('a'), tellsOrderedBefore: true }],
		whenStarted: (connection) => {
			addHint(connection, 'Story is missing.', 0);
			const orderReference = 'row 13';
			noteRepeat(connection.context, { provider: 'EvoLink', itemIndex: 0, orderReference });
		},
	};

	test('is told again when it goes on', async () => {
		const { execute, hints } = one(given);
		await execute();
		hints.length = 0;
		const { shown } = await execute();
		expect(hints).toEqual(['Story is missing.']);
		expect(shown).toMatchObject([{ json: { taskId: 'a', orderedBefore: true } }]);
	});

	test('stands on what goes on at the limit, where n8n shows no hints', async () => {
		const { execute, executeData } = one(given);
		await execute();
		expect(executeData.data.main[0]).toMatchObject([
			{ json: { taskId: 'a', status: 'queued', hint: 'Story is missing.' } },
		]);
	});
});

describe('a task that is still open when it goes on', () => {
	const given: Partial<Given> = {
		items: [{ taskIds: ['a'], callsBack: false }, waitsFor('b')],
		input: [{ json: {} }, { json: {} }],
		states: [running, (id) => (id === 'b' ? made(id) : running(id))],
	};

	test('goes on with its ID at the limit', async () => {
		const { execute } = one(given);
		await execute();
		const { shown } = await execute();
		expect(shown).toMatchObject([
			{ json: { taskId: 'a', status: 'queued' } },
			{ json: { taskId: 'b', url: LINK } },
		]);
	});

	test('ends it where it can’t be told any more', async () => {
		const { execute } = one({
			...given,
			instead: (run, question) =>
				run === 2 && question > 1 ? { statusCode: 401, body: {} } : undefined,
		});
		await execute();
		expect((await execute()).failure).toMatchObject({ kind: 'auth', taskId: 'a' });
	});
});

describe('of several formats of which one has failed', () => {
	const formats = ['Post', 'Story'].map((name) => ({ name, width: 1024, height: 1024 }));
	const given = (replayed: boolean): Partial<Given> => ({
		items: [
			{
				...waitsFor('a', 'b'),
				request: { model: 'gpt-image-2', count: 1 },
				parts: formats.map((format) => ({ format, count: 1, replayed })),
			},
		],
		states: [running, (id) => (id === 'a' ? made(id) : failed(id))],
		retryOnFail: true,
	});

	test('the others come out where this is a later try already, and a hint says what is missing', async () => {
		const { execute, hints } = one(given(true));
		await execute();
		const { shown } = await execute();
		expect(shown!.map(({ json }) => json.taskId)).toEqual(['a']);
		expect(hints).toEqual([
			'These formats of item 0 are missing: Story. EvoLink: No. EvoLink charges nothing for a failed task. Run this again, or change the Prompt or the model. Task ID: b',
		]);
	});

	test('none comes out where n8n’s Retry On Fail makes the rest', async () => {
		const { execute, hints } = one(given(false));
		await execute();
		expect((await execute()).failure).toMatchObject({ kind: 'taskFailed', taskId: 'b' });
		expect(hints).toEqual([]);
	});
});

describe('a task that can’t be looked up any more, of an item of several', () => {
	const format = (name: string) => ({ name, width: 1024, height: 1024 });
	const parts = ['Post', 'Story'].map((name) => ({ format: format(name), count: 1 }));
	const given: Partial<Given> = {
		items: [{ ...waitsFor('a', 'b'), request: { model: 'gpt-image-2', count: 1 }, parts }],
		states: [running, (id) => (id === 'a' ? made(id) : { id: 'of somebody else' })],
		instead: (run, question) =>
			run > 1 && question > 1 ? { statusCode: 410, body: {} } : undefined,
	};

	test('takes no format with it that is made, and a hint names it', async () => {
		const { execute, hints } = one(given);
		await execute();
		const { shown, failure } = await execute();
		expect(failure).toBeUndefined();
		expect(shown!.map(({ json }) => json.taskId)).toEqual(['a']);
		expect(hints).toEqual([
			expect.stringMatching(/^These formats of item 0 are missing: Story\. .* Task ID: b$/),
		]);
	});

	test('is tried again first where n8n’s Retry On Fail does so', async () => {
		const { execute, hints, memory } = one({ ...given, retryOnFail: true });
		await execute();
		expect((await execute()).failure).toMatchObject({ taskId: 'b' });
		expect([hints, 'suspension' in memory]).toEqual([[], false]);
	});

	test('takes no other image with it either, where there are no formats', async () => {
		const { execute, hints } = one({
			...given,
			items: [{ ...given.items![0]!, parts: [{ count: 1 }, { count: 1 }] }],
		});
		await execute();
		const { shown, failure } = await execute();
		expect(failure).toBeUndefined();
		expect(shown!.map(({ json }) => json.taskId)).toEqual(['a']);
		expect(hints).toEqual([
			expect.stringMatching(/^One image of item 0 is missing\. .* Task ID: b$/),
		]);
	});

	test('with another format that is still open at the limit, all go on with their IDs', async () => {
		const { execute } = one({
			...given,
			items: [{ ...waitsFor('b', 'a'), callsBack: false, parts }],
			states: [(id) => (id === 'a' ? running(id) : { id: 'of somebody else' })],
			// The first question is for both, and tells nothing of b.
			instead: (_run, question) => (question === 2 ? { statusCode: 410, body: {} } : undefined),
		});
		const { shown } = await execute();
		expect(shown).toMatchObject([{ json: { taskIds: ['b', 'a'], status: 'queued' } }]);
	});
});

describe('a failed task at the first look', () => {
	const items = [waitsFor('a'), waitsFor('b')];
	const input = [{ json: {} }, { json: {} }];
	const states = [(id: string) => (id === 'a' ? failed(id) : running(id))];

	test('ends the execution where the node stops at errors', async () => {
		const { execute, waits, memory } = one({ items, input, states });
		expect((await execute()).failure).toMatchObject({ kind: 'taskFailed', taskId: 'a' });
		expect(waits()).toBe(0);
		expect(memory).not.toHaveProperty('suspension');
	});

	test('is waited with for the others where it continues', async () => {
		const { execute, waits } = one({ items, input, states, continueOnFail: true });
		await execute();
		expect(waits()).toBe(1);
	});
});
