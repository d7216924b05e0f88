// What is kept with a suspended execution: taken up by the version that has written it, or by one that means the same.
import type { IExecuteFunctions, IWebhookFunctions } from 'n8n-workflow';

import { realClock } from '../../../../pipeline/clock';
import {
	calledSuspension,
	createSuspension,
	forgetSuspension,
	isCallingItem,
	keepSuspension,
	keptParts,
	keptRequest,
	ownSuspension,
	restoredRequest,
	waitsForNothing,
} from '../../../../pipeline/suspend/suspension';
import { openTask } from '../../../../pipeline/tasks/taskState';
import type { ImageRequest, ImageTask } from '../../../../providers/contract';
import { createVirtualClock } from '../virtualClock';

const item = { taskIds: ['task-1'], callsBack: true };

/** As much of n8n's context as a suspension is kept in and made from. */
function contextWith(memory: Record<string, unknown>, prompt = 'A red bicycle'): IExecuteFunctions {
	return {
		getContext: () => memory,
		getWorkflowDataProxy: () => ({ $runIndex: 0 }),
		getNode: () => ({ parameters: { prompt } }),
		continueOnFail: () => false,
	} as unknown as IExecuteFunctions;
}

/** What n8n has saved once this version has suspended the execution. */
function kept(): Record<string, unknown> {
	const memory = {};
	const context = contextWith(memory);
	keepSuspension(context, createSuspension({ context, clock: realClock }, [item]));
	return memory;
}

function rewritten(change: (record: Record<string, unknown>) => object): Record<string, unknown> {
	const record = JSON.parse(kept().suspension as string) as Record<string, unknown>;
	return { suspension: JSON.stringify(change(record)) };
}

it('is found again by the run that it belongs to', () => {
	expect(ownSuspension(contextWith(kept()))?.items).toEqual([item]);
});

it('is no other one once the parameters have changed', () => {
	expect(ownSuspension(contextWith(kept(), 'A blue bicycle'))).toBeUndefined();
});

it('is gone when it is forgotten', () => {
	const memory = kept();
	forgetSuspension(contextWith(memory));
	expect(memory).toEqual({});
});

it('is left alone where another version has written it', () => {
	const memory = rewritten((record) => ({ ...record, version: 2 }));
	expect(ownSuspension(contextWith(memory))).toBeUndefined();
});

test.each<[number, number[]]>([
	[1, [0]],
	[3, [0, 1, 2]],
	[5, [0, 1, 2, 3, 4]],
	[6, [1, 2, 3, 4, 5]],
	[10, [1, 3, 5, 7, 9]],
	[11, [2, 4, 6, 8, 10]],
	[1000, [199, 399, 599, 799, 999]],
])('of %i items, these call back: %j', (count, calling) => {
	const all = Array.from({ length: count }, (_, index) => index);
	expect(all.filter((index) => isCallingItem(index, count))).toEqual(calling);
});

it('says where it is called back, when its tasks had been started, and whether failing ends it', () => {
	const clock = createVirtualClock();
	for (const continueOnFail of [true, false]) {
		const context = {
			...contextWith({}),
			getWorkflowDataProxy: () => ({
				$runIndex: 0,
				$execution: { resumeUrl: 'https://n8n.example.com/webhook-waiting/7?signature=abc' },
			}),
			continueOnFail: () => continueOnFail,
		} as unknown as IExecuteFunctions;
		expect(createSuspension({ context, clock }, [item])).toEqual({
			version: 1,
			id: expect.stringMatching(/^[\da-f-]{36}$/),
			origin: expect.stringMatching(/^[\da-f]{64}$/),
			items: [item],
			continueOnFail,
			startedAt: clock.now(),
			resumeUrl: 'https://n8n.example.com/webhook-waiting/7/imagegen?signature=abc',
		});
	}
});

it('is no other one in another run of the node', () => {
	const again = {
		...contextWith(kept()),
		getWorkflowDataProxy: () => ({ $runIndex: 1 }),
	} as unknown as IExecuteFunctions;
	expect(ownSuspension(again)).toBeUndefined();
});

describe('for a callback', () => {
	const called = (saved: unknown) => {
		const context = {
			getNode: () => ({ name: 'EvoLink' }),
			evaluateExpression: (expression: string) =>
				expression === '{{ $node["EvoLink"].context.suspension }}' ? saved : undefined,
		} as unknown as IWebhookFunctions;
		return calledSuspension(context);
	};

	it('is what n8n’s memory of the node holds, whatever its parameters are', () => {
		expect(called(kept().suspension)?.items).toEqual([item]);
	});

	test.each([undefined, null, 7, { items: [] }])('is none where that is %p', (saved) => {
		expect(called(saved)).toBeUndefined();
	});
});

describe('of a request', () => {
	const format = { name: 'Post', width: 1080, height: 1080 };
	const request: ImageRequest = {
		model: 'gpt-image-2',
		prompt: 'A red bicycle',
		size: '1:1',
		resolution: '2K',
		quality: 'high',
		outputFormat: 'webp',
		count: 2,
		references: [{ label: 'data' }],
		orderReference: 'row 13',
		callbackUrl: 'https://n8n.example.com/',
	};
	const KEPT = {
		model: 'gpt-image-2',
		size: '1:1',
		quality: 'high',
		outputFormat: 'webp',
		count: 2,
		orderReference: 'row 13',
	};

	it('is kept what answers may leave out, and no word of it', () => {
		expect(keptRequest(request)).toEqual(KEPT);
	});

	it('is restored what a provider takes for reading an answer', () => {
		expect(restoredRequest({ ...item, request: KEPT }, 0)).toEqual({
			...KEPT,
			format: undefined,
			prompt: '',
			references: [],
		});
		expect(restoredRequest(item, 0)).toBeUndefined();
	});

	it('is restored for each of several formats what is its own', () => {
		const task = (asked: ImageTask['asked'], replayed?: boolean): ImageTask => ({
			...openTask('task-1'),
			asked,
			replayed,
		});
		const parts = keptParts([
			task({ count: 3, size: '4:5', format }, true),
			task(undefined, false),
		]);
		expect(parts).toEqual([
			{ size: '4:5', format, count: 3, replayed: true },
			{ size: undefined, format: undefined, count: 1, replayed: false },
		]);
		const restored = [0, 1, 2].map((part) =>
			restoredRequest({ ...item, request: KEPT, parts }, part),
		);
		const as = (size: string | undefined, given: typeof format | undefined, count: number) => ({
			...KEPT,
			size,
			format: given,
			count,
			prompt: '',
			references: [],
		});
		expect(restored).toEqual([
			as('4:5', format, 3),
			as(undefined, undefined, 1),
			as('1:1', undefined, 2),
		]);
	});
});

it('has an item that waits for nothing, with what it has become', () => {
	expect(waitsForNothing()).toEqual({ taskIds: [], output: undefined, callsBack: false });
	const output = { json: { error: 'No.' } };
	expect(waitsForNothing(output)).toEqual({ taskIds: [], output, callsBack: false });
});
