// What a run has cost, in one sentence at its end: with what is reckoned, unknown, or had been paid for before.
import type { IExecuteFunctions, NodeExecutionHint } from 'n8n-workflow';

import {
	noteAnswerCost,
	noteCost,
	notedSpending,
	noteSpending,
	tellSpending,
} from '../../../../pipeline/told/spending';
import { createRedactor } from '../../../../pipeline/secrets/redactor';
import type { Cost } from '../../../../providers/contract';

function execution(type = 'n8n-nodes-imagegen.evoLink') {
	const hints: NodeExecutionHint[] = [];
	const addExecutionHints = (...more: NodeExecutionHint[]) => hints.push(...more);
	const context = { addExecutionHints, getNode: () => ({ type }) } as unknown as IExecuteFunctions;
	return { context, redact: createRedactor([]), hints };
}

const cost = (amount: number, more: Partial<Cost> = {}): Cost => ({
	amount,
	currency: 'USD',
	estimated: false,
	...more,
});

type Noted = [item: number, images: number, cost: Cost | undefined, isEarlier?: boolean];

test.each<[string, Noted[], string[]]>([
	['one image', [[0, 1, cost(0.04)]], ['1 image, $0.04.']],
	['several of one task', [[0, 3, cost(0.12)]], ['3 images, $0.12.']],
	[
		'several tasks of several items',
		[
			[0, 1, cost(0.5)],
			[0, 2, cost(0.25)],
			[1, 1, cost(1)],
		],
		['4 images, $1.75.'],
	],
	['very many', [[0, 12_345, cost(1234.5)]], ['12,345 images, $1,234.50.']],
	['nothing at all', [], []],
	['no image that came', [[0, 0, cost(0.5)]], []],
	[
		'what is reckoned in part',
		[
			[0, 1, cost(0.1, { estimated: true })],
			[1, 1, cost(0.1)],
		],
		['2 images, about $0.20.'],
	],
	[
		'the provider’s credits',
		[
			[0, 1, cost(0.1, { credits: 1200.126 })],
			[1, 1, cost(0.1)],
		],
		['2 images, $0.20 (1,200.13 credits).'],
	],
	['a price of nothing', [[0, 2, cost(0)]], ['2 images, $0.00.']],
	['one of unknown cost', [[0, 1, undefined]], ['1 image. What it cost is not known.']],
	['two of unknown cost', [[0, 2, undefined]], ['2 images. What they cost is not known.']],
	[
		'some of unknown cost',
		[
			[0, 2, undefined],
			[1, 1001, cost(3)],
		],
		['1,003 images, $3.00 for 1,001 of them; what the others cost is not known.'],
	],
	[
		'one of unknown cost beside one that was free',
		[
			[0, 1, undefined],
			[1, 1, cost(0)],
		],
		['2 images. What they cost is not known.'],
	],
	[
		'only what an earlier try had made',
		[[0, 1, cost(0.04), true]],
		['1 image had been paid for before, $0.04.'],
	],
	[
		'what an earlier try had made beside what is new',
		[
			[0, 1, cost(0.04, { credits: 3 }), true],
			[1, 2, cost(0.08)],
			[2, 1, undefined, true],
		],
		[
			'2 images, $0.08. 2 more images had been paid for before, $0.04 (3 credits) for 1 of them; what the others cost is not known.',
		],
	],
])('%s', (_what, notes, told) => {
	const run = execution();
	for (const [item, images, paid, isEarlier] of notes) {
		noteCost(run.context, item, images, paid, isEarlier);
	}
	tellSpending(run);
	expect(run.hints).toEqual(
		told.map((message) => ({ message, location: 'outputPane', type: 'info' })),
	);
});

test('a model’s answers in words are called answers', () => {
	const run = execution();
	noteAnswerCost(run.context, 0, cost(0.002, { estimated: true }), false);
	noteAnswerCost(run.context, 1, undefined, false);
	tellSpending(run);
	expect(run.hints.map(({ message }) => message)).toEqual([
		'2 answers, about $0.002 for 1 of them; what the others cost is not known.',
	]);
	noteAnswerCost(run.context, 0, cost(0.5), false);
	noteAnswerCost(run.context, 1, cost(0.25), true);
	tellSpending(run);
	expect(run.hints.at(-1)?.message).toBe(
		'1 answer, $0.50. 1 more answer had been paid for before, $0.25.',
	);
});

test('it is told once, and of one execution', () => {
	const [one, other] = [execution(), execution()];
	noteCost(one.context, 0, 1, cost(0.5));
	tellSpending(other);
	tellSpending(one);
	tellSpending(one);
	expect(other.hints).toEqual([]);
	expect(one.hints.map(({ message }) => message)).toEqual(['1 image, $0.50.']);
});

test('an agent’s tool tells nothing, and nothing is left of it', () => {
	const run = execution('n8n-nodes-imagegen.evoLinkTool');
	noteCost(run.context, 0, 1, cost(0.5));
	tellSpending(run);
	expect(run.hints).toEqual([]);
	expect(notedSpending(run.context, 0)).toBeUndefined();
});

test('an item’s sum is known until it is told, and can be taken up by a later try', () => {
	const [run, later] = [execution(), execution()];
	noteCost(run.context, 3, 2, cost(0.5, { credits: 4 }));
	noteCost(run.context, 3, 1, undefined);
	const noted = { images: 3, unpriced: 1, amount: 0.5, credits: 4, estimated: false };
	expect(notedSpending(run.context, 3)).toEqual(noted);
	expect(notedSpending(run.context, 2)).toBeUndefined();
	noteSpending(later.context, 3, noted, true);
	tellSpending(later);
	expect(later.hints.map(({ message }) => message)).toEqual([
		'3 images had been paid for before, $0.50 (4 credits) for 2 of them; what the others cost is not known.',
	]);
	tellSpending(run);
	expect(notedSpending(run.context, 3)).toBeUndefined();
});
