// What a task cost where its answers tell units only: the price of one is asked for once, and a lost one holds nothing up.
import { connect } from '../../../../pipeline/session';
import { withCost } from '../../../../pipeline/tasks/unitCost';
import type { ImageProvider, ImageTask } from '../../../../providers/contract';
import { evoLink } from '../evoLinkTasks';
import { otherEnd, type Told } from '../otherEnd';
import { createVirtualClock } from '../virtualClock';

const PRICED = 'http://127.0.0.1/prices/';

/** One execution with a provider that names prices, at an end that answers so. */
function open(answer: (model: string) => Told) {
	const clock = createVirtualClock();
	const { context, asked } = otherEnd(clock, ({ url }) => answer(url.slice(PRICED.length)));
	const provider: ImageProvider = {
		...evoLink,
		unitPrice: {
			request: (model) => ({ method: 'GET', url: `${PRICED}${model}`, idempotent: true }),
			read: ({ body }) => (body as { price?: number }).price,
		},
	};
	const connection = connect(context, 'evoLinkApi', provider, [], clock);
	const costOf = async (facts: Partial<ImageTask>) => {
		const task = { id: 't', status: 'succeeded', images: [], raw: {}, ...facts } as ImageTask;
		const ended = await clock.until(withCost(connection, task));
		return ended.ok ? ended.value.cost : ended.error;
	};
	return { costOf, asked, clock };
}

const TWO = { model: 'a', units: 2 };

it('is the price of as many units', async () => {
	const { costOf } = open(() => ({ body: { price: 0.03 } }));
	expect(await costOf(TWO)).toEqual({ amount: 0.06, currency: 'USD', estimated: false });
});

it('asks for the price of a model once', async () => {
	const { costOf, asked } = open((model) => ({ body: { price: model === 'a' ? 1 : 5 } }));
	const costs = await Promise.all([TWO, { model: 'b', units: 1 }, TWO].map(costOf));
	expect(costs).toMatchObject([{ amount: 2 }, { amount: 5 }, { amount: 2 }]);
	expect(asked.map(({ url }) => url)).toEqual([`${PRICED}a`, `${PRICED}b`]);
});

test.each<[string, Partial<ImageTask>]>([
	['no units', { model: 'a' }],
	['no model', { units: 2 }],
])('with %s, there is none, and no price is asked for', async (_what, facts) => {
	const { costOf, asked } = open(() => ({ body: { price: 1 } }));
	expect(await costOf(facts)).toBeUndefined();
	expect(asked).toEqual([]);
});

it('is nothing for no units, without a question', async () => {
	const { costOf, asked } = open(() => ({ body: { price: 1 } }));
	expect(await costOf({ model: 'a', units: 0 })).toMatchObject({ amount: 0 });
	expect(asked).toEqual([]);
});

it('is the one that the provider has told', async () => {
	const told = { amount: 7, currency: 'USD' as const, estimated: false };
	const { costOf, asked } = open(() => ({ body: { price: 1 } }));
	expect(await costOf({ ...TWO, cost: told })).toEqual(told);
	expect(asked).toEqual([]);
});

test.each<[string, Told]>([
	['is told without a number', { body: {} }],
	['can’t be had', { statusCode: 500, body: {} }],
	['never comes', 'never'],
])('a price that %s is asked for once, and the task has none', async (_what, answer) => {
	const { costOf, asked, clock } = open(() => answer);
	expect(await costOf(TWO)).toBeUndefined();
	expect(asked).toHaveLength(1);
	expect(clock.passed()).toBeLessThanOrEqual(4000);
});
