// What a run may cost: many items added up one by one, and what is told of them.
import { memoryKeyOf } from '../../../../pipeline/once/idempotency';
import { keepCreate } from '../../../../pipeline/once/keptCreates';
import type { CreateState } from '../../../../pipeline/once/nodeMemory';
import { createBill, isSent, unsentParts } from '../../../../pipeline/once/spendingLimits';
import { ImageFailure } from '../../../../providers/failure';
import type { OrderPrice, PricedPart, Saving } from '../../../../providers/limits/orderPrice';
import { inDollars } from '../../../../providers/limits/orderPrice';
import { requestWith } from '../../providers/support';
import { connectionIn, nodeInMemory } from './inMemory';

type Order = Pick<OrderPrice, 'request' | 'savings'> & { parts: PricedPart[] };

const order = (max?: number, more: Partial<OrderPrice['request']> = {}): Order => ({
	request: { model: 'm', prompt: 'A', count: 1, references: [], ...more },
	parts: [part(max)],
	savings: () => savings,
});
let savings: Saving[] = [];
beforeEach(() => (savings = []));

const part = (max?: number): PricedPart => ({
	images: 1,
	...(max !== undefined && { estimate: { min: 0, max } }),
});

function failureOf(
	orders: Order[],
	maximumCost: number,
	allowUnknownPrices = false,
): ImageFailure | undefined {
	const bill = createBill(maximumCost, { allowUnknownPrices });
	orders.forEach((each, index) => bill.add(index, each, each.parts));
	try {
		bill.check();
		return undefined;
	} catch (error) {
		return error as ImageFailure;
	}
}

test('ten thousand items: the sum, the limit, and the three dearest of them', () => {
	const orders = Array.from({ length: 10_000 }, (_, n) => order(0.01 + (n % 1000) / 100_000));
	orders[777] = order(3, { quality: 'high', size: '1024x1024' });
	orders[42] = order(2);
	const { details } = failureOf(orders, 100)!;
	expect(details.kind).toBe('costLimit');
	expect(details.message).toBe(
		'10,000 items would cost up to $154.92, and your limit is $100.00 (Maximum Cost). Nothing was sent.',
	);
	expect(details.advice).toMatch(
		/^The dearest are item 777, up to \$3\.00 \(1 image with m, 1024x1024, high quality\); item 42, up to \$2\.00 \(1 image with m\); item \d+, up to \$0\.02 /,
	);
});

const FORMATS = ['Square', 'Story'].map((name) => ({ name, width: 10, height: 10 }));

test.each<[what: string, items: number, request: Partial<OrderPrice['request']>, Saving[], string]>(
	[
		[
			'Automatic',
			1,
			{},
			[
				{ field: 'Size', isAutomatic: true },
				{ field: 'Quality', isAutomatic: true },
			],
			'choose a Size and a Quality (Automatic counts as the dearest) or choose a cheaper Model.',
		],
		[
			'the dearest choices, in many items',
			3,
			{ size: '2048x2048', quality: 'high' },
			[
				{ field: 'Size', isAutomatic: false },
				{ field: 'Quality', isAutomatic: false },
			],
			'choose a smaller Size, choose a lower Quality or send fewer items in.',
		],
		[
			'Several Formats in low quality, where no size can be chosen',
			1,
			{ quality: 'low', formats: FORMATS },
			[],
			'choose fewer Formats or choose a cheaper Model.',
		],
		['the cheapest choices', 1, { quality: 'low' }, [], 'choose a cheaper Model.'],
	],
)('what to do about %s', (_what, items, request, found, ways) => {
	savings = found;
	const orders = Array.from({ length: items }, () => order(1, request));
	expect(failureOf(orders, 0.5)?.details.advice).toContain(
		` To spend less, ${ways} To allow it, raise Maximum Cost (USD) in the Options.`,
	);
});

test('several images of each format can be fewer', () => {
	const several = { ...order(1, { formats: FORMATS }), parts: [{ ...part(1), images: 4 }] };
	expect(failureOf([several], 0.5)?.details.advice).toBe(
		'It is for 4 images with m, 2 formats. To spend less, choose fewer Formats, set Number of Images lower or choose a cheaper Model. To allow it, raise Maximum Cost (USD) in the Options.',
	);
});

test('a limit that is just met is kept, and a limit of 0 lets nothing through', () => {
	expect(failureOf([order(0.5), order(0.5)], 1)).toBeUndefined();
	expect(failureOf([order(0.0001)], 0)?.details.message).toMatch(
		/^This would cost up to \$0\.0001, and your limit is \$0\.00/,
	);
	expect(failureOf([], 0)).toBeUndefined();
	expect(failureOf([{ ...order(5), parts: [] }], 0)).toBeUndefined();
});

test('a sum that is made of tenths of a cent is no higher than it is', () => {
	expect(
		failureOf(
			Array.from({ length: 10 }, () => order(0.1)),
			1,
		),
	).toBeUndefined();
	expect(
		failureOf(
			Array.from({ length: 3 }, () => order(0.1)),
			0.3,
		),
	).toBeUndefined();
});

test('an unknown price is refused, unless it is allowed; what is known counts all the same', () => {
	const { details } = failureOf([order(1), order(), order()], 5)!;
	expect(details.message).toMatch(/^The price of 2 of 3 items isn't known, so nobody/);
	expect(details.advice).toMatch(/^The first one is item 1: 1 image with m/);
	expect(failureOf([order(1), order()], 5, true)).toBeUndefined();
	expect(failureOf([order(6), order()], 5, true)?.details.message).toMatch(/up to \$6\.00/);
});

test.each([
	[0, '$0.00'],
	[0.000123, '$0.00012'],
	[0.0059, '$0.0059'],
	[0.045, '$0.045'],
	[0.1, '$0.10'],
	[0.635, '$0.64'],
	[1234.5, '$1,234.50'],
])('%d is %s', (amount, text) => {
	expect(inDollars(amount)).toBe(text);
});

describe('an unknown price', () => {
	const KEPT =
		'nobody can tell whether your limit of $1.00 (Maximum Cost) is kept. Nothing was sent.';
	const WHAT_TO_DO =
		'Choose a model with a known price, enter your own prices in the credential, or turn on Allow Unknown Prices in the Options: such items then count as nothing.';

	test('of the only item', () => {
		const { details } = failureOf([order()], 1)!;
		expect(details.message).toBe(`The price isn't known, so ${KEPT}`);
		expect(details.advice).toBe(`It is for 1 image with m. ${WHAT_TO_DO}`);
	});

	test('of two of four items, of which one is paid for already', () => {
		const paid = { ...order(), parts: [] };
		const { details } = failureOf(
			[paid, order(0.1), order(undefined, { quality: 'low' }), order()],
			1,
		)!;
		expect(details.message).toBe(`The price of 2 of 3 items isn't known, so ${KEPT}`);
		expect(details.advice).toBe(
			`The first one is item 2: 1 image with m, low quality. ${WHAT_TO_DO}`,
		);
	});

	test('counts as nothing where it is allowed', () => {
		expect(failureOf([order(), order(0.9)], 1, true)).toBeUndefined();
		expect(failureOf([order(), order(1.1)], 1, true)?.details.message).toMatch(
			/^2 items would cost up to \$1\.10/,
		);
	});
});

describe('what an earlier try of the run has sent', () => {
	const failure = { kind: 'moderation', message: 'No.', advice: '' } as const;
	const STATES: Array<[boolean, CreateState | undefined]> = [
		[false, undefined],
		[false, { state: 'prepared', request: requestWith({}), at: 0 }],
		[false, { state: 'refused', failure }],
		[true, { state: 'sent' }],
		[true, { state: 'unknown' }],
		[true, { state: 'started', taskId: 'task-1' }],
		[true, { state: 'finished', task: { images: [] }, files: {}, lost: {} }],
	];

	test.each(STATES)('may have done something: %s for %j', (expected, state) => {
		const node = nodeInMemory();
		if (state) node.remember({ key: state });
		expect(isSent(node.begin(), 'key')).toBe(expected);
	});

	const run = (runIndex = 0) => {
		const node = nodeInMemory();
		const where = { getInstanceId: () => 'n8n', getWorkflow: () => ({ id: '1', active: true }) };
		return { node, context: { ...node.begin({ runIndex }), ...where } };
	};

	test('is not ordered again, part by part of its item', () => {
		const { context } = run(1);
		const parts = [1, 2, 3].map((images) => ({ images }));
		expect(unsentParts(context, 4, parts)).toEqual(parts);
		const call = { itemIndex: 4, runIndex: 1 };
		const key = memoryKeyOf(context, call, 1, 1);
		keepCreate(
			connectionIn(context),
			{ memoryKey: key, idempotencyKey: key, itemIndex: 4 },
			{ state: 'sent' },
		);
		expect(unsentParts(context, 4, parts)).toEqual([{ images: 1 }, { images: 3 }]);
		expect(unsentParts(context, 3, parts)).toEqual(parts);
	});
});
