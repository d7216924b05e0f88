// The output of finished items that a later try of the same run takes up: when it does, and when it is made anew.
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { endRun, recallFinished } from '../../../../pipeline/once/finishedItems';
import { addHint, hintsOf } from '../../../../pipeline/told/hints';
import { keepCreate } from '../../../../pipeline/once/keptCreates';
import { notedRepeat, noteRepeat } from '../../../../pipeline/told/repeats';
import { noteShortfall, notedShortfall } from '../../../../pipeline/told/shortfalls';
import { noteCost, notedSpending, tellSpending } from '../../../../pipeline/told/spending';
import { connectionIn, nodeInMemory, SECRET, type Run } from './inMemory';

const ITEM = [{ json: { url: 'https://files.test/1.png', note: SECRET }, pairedItem: { item: 0 } }];
const INPUT: IDataObject[] = [{ row: 1 }, { row: 2 }];
const PARAMETERS: INodeParameters = { prompt: 'A kite', options: { fileName: 'kite', seed: 1 } };
const RUN = { input: INPUT, parameters: PARAMETERS };

let node: ReturnType<typeof nodeInMemory>;
beforeEach(() => (node = nodeInMemory()));

const createKeys = () => Object.keys(node.memory().creates);

/** A run that has finished item 0, of which two requests are kept, beside one of item 1. */
function finish(mayBeTriedAgain = true, run: Partial<Run> = {}) {
	const connection = connectionIn(node.begin({ ...RUN, ...run }));
	const { context, redact } = connection;
	for (const [key, itemIndex, create] of [
		['started', 0, { state: 'started', taskId: 'task-1' }],
		['unknown', 0, { state: 'unknown' }],
		['of item 1', 1, { state: 'unknown' }],
	] as const) {
		keepCreate(connection, { memoryKey: key, idempotencyKey: key, itemIndex }, create);
	}
	addHint(connection, `Key ${SECRET}`, 0);
	noteShortfall(context, 0, `Only 1 of 2 for ${SECRET}`);
	noteRepeat(context, { provider: 'EvoLink', itemIndex: 0, orderReference: SECRET });
	noteCost(context, 0, 1, { amount: 0.5, currency: 'USD', estimated: false });
	endRun(context, redact, new Map([[0, ITEM]]), mayBeTriedAgain);
}

function recalled(run: Partial<Run> = {}) {
	const { context, redact } = connectionIn(node.begin({ ...RUN, ...run }));
	return { items: recallFinished(context, redact), context };
}

it('is there for the next try of the run, without secrets', () => {
	finish();
	const { items } = recalled();
	expect([...items]).toEqual([
		[0, [{ json: { url: 'https://files.test/1.png', note: '•••' }, pairedItem: { item: 0 } }]],
	]);
	expect(createKeys()).toEqual(['started', 'unknown', 'of item 1']);
});

it('comes with its hints and what was to be told of it, which n8n doesn’t show of a failed try', () => {
	finish();
	node.hints.length = 0;
	const { context } = recalled();
	expect(node.hints).toEqual(['Key •••']);
	expect(hintsOf(context, 0)).toEqual(['Key •••']);
	expect(notedShortfall(context, 0)).toBe('Only 1 of 2 for •••');
	expect(notedShortfall(context, 1)).toBeUndefined();
	expect(notedSpending(context, 0)).toMatchObject({ images: 1, amount: 0.5 });
	expect(notedSpending(context, 1)).toBeUndefined();
	expect(notedRepeat(context, 0)?.orderReference).toBe('•••');
	expect(notedRepeat(context, 1)).toBeUndefined();
});

it('is told to have been paid for before', () => {
	finish();
	const { context } = recalled();
	node.hints.length = 0;
	tellSpending(connectionIn(context));
	expect(node.hints).toEqual(['1 image had been paid for before, $0.50.']);
});

it('comes alone where nothing was told of it', () => {
	const { context, redact } = connectionIn(node.begin(RUN));
	endRun(context, redact, new Map([[0, ITEM]]), true);
	const again = recalled();
	expect(again.items.size).toBe(1);
	expect(node.hints).toEqual([]);
	expect(hintsOf(again.context, 0)).toEqual([]);
	expect(notedShortfall(again.context, 0)).toBeUndefined();
	expect(notedSpending(again.context, 0)).toBeUndefined();
	expect(notedRepeat(again.context, 0)).toBeUndefined();
	expect(node.memory().finishedItems).toMatchObject({ runIndex: 0 });
	const { items } = node.memory().finishedItems as { items: Record<string, object> };
	expect(Object.keys(items[0]!)).toEqual(['wanted', 'input', 'output']);
});

it('is kept again by a try that fails, too', () => {
	finish();
	const { items, context } = recalled();
	endRun(context, connectionIn(context).redact, items, true);
	node.hints.length = 0;
	expect(recalled().items.size).toBe(1);
	expect(node.hints).toEqual(['Key •••']);
});

it('is nobody else’s: another run of the node has none', () => {
	finish();
	expect(recalled({ runIndex: 1 }).items.size).toBe(0);
	expect(recalled().items.size).toBe(1);
});

test.each<[string, Partial<Run>, number, string[]]>([
	['the same', {}, 1, ['started', 'unknown', 'of item 1']],
	[
		'another way to wait',
		{ parameters: { prompt: 'A kite', options: { fileName: 'kite', seed: 1, concurrency: 2 } } },
		1,
		['started', 'unknown', 'of item 1'],
	],
	[
		'another file name, so that what was made comes out otherwise',
		{ parameters: { prompt: 'A kite', options: { fileName: 'boat', seed: 1 } } },
		0,
		['started', 'unknown', 'of item 1'],
	],
	[
		'another prompt',
		{ parameters: { prompt: 'A boat', options: { fileName: 'kite', seed: 1 } } },
		0,
		['started', 'unknown', 'of item 1'],
	],
	['another input, which is ordered anew', { input: [{ row: 9 }, { row: 2 }] }, 0, ['of item 1']],
	['no input any more', { input: [] }, 0, ['of item 1']],
])('a later try with %s', (_what, run, items, creates) => {
	finish();
	expect(recalled(run).items.size).toBe(items);
	expect(createKeys()).toEqual(creates);
});

describe('is forgotten, with what is kept of its requests,', () => {
	it('where no later try may come', () => {
		finish(false);
		expect(createKeys()).toEqual(['of item 1']);
		expect(recalled().items.size).toBe(0);
	});

	it('where an agent calls: another call is no other try of this one', () => {
		finish(true, { type: 'evoLinkTool' });
		expect(createKeys()).toEqual(['of item 1']);
		expect(node.memory().finishedItems).toBeUndefined();
	});
});

it('is nothing at first', () => {
	expect(recalled().items.size).toBe(0);
});
