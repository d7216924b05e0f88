// What a task cost, where its answers tell units only: the price of one is asked for once. Never holds up what is paid for.
import type { ImageProvider, ImageTask } from '../../providers/contract';
import type { Connection } from '../connection';
import { send } from '../http/send';
import { resultOf } from '../result';

/** A price is no reason to let a picture wait. */
const REQUEST = { retry: false, timeoutMilliseconds: 4000 };

type Prices = Map<string, Promise<number | undefined>>;

/** By provider and model, as long as whoever asks for it lasts: an execution, or a delivery. */
const known = new WeakMap<ImageProvider, Prices>();

/** The task with its cost. As it is where nobody tells a price. */
export async function withCost(connection: Connection, task: ImageTask): Promise<ImageTask> {
	const { provider } = connection;
	const { model, units, cost } = task;
	if (!provider.unitPrice || units === undefined || model === undefined || cost) return task;
	const price = units === 0 ? 0 : await priceOnce(connection, model);
	if (price === undefined) return task;
	return { ...task, cost: { amount: units * price, currency: 'USD', estimated: false } };
}

async function priceOnce(connection: Connection, model: string): Promise<number | undefined> {
	const { provider } = connection;
	const prices: Prices = known.get(provider) ?? new Map<string, Promise<number | undefined>>();
	known.set(provider, prices);
	const asked = prices.get(model) ?? priceOf(connection, model);
	prices.set(model, asked);
	return await asked;
}

async function priceOf(connection: Connection, model: string): Promise<number | undefined> {
	const { unitPrice } = connection.provider;
	const answer = await resultOf(
		(async () =>
			unitPrice?.read(await send(connection, unitPrice.request(model), REQUEST), model))(),
	);
	return answer.ok ? answer.value : undefined;
}
