// The server's own book of one cell: what it has taken on, and so charges for.
export interface Order {
	/** Empty where the provider names none, as its answer holds the picture. */
	id: string;
	charged: boolean;
	/** Whether an answer with the ID has left whole. */
	told: boolean;
	idempotencyKey?: string;
	/** Whether it was called off before it was done. */
	isCancelled?: boolean;
}

/** Where the end of an order is to be told, and in which words. */
export interface Callback {
	url: string;
	body: string;
	headers?(nowSeconds: number): Record<string, string>;
}

/** Where an account wants to be told of whatever ends. */
export interface Endpoint {
	id: string;
	url: string;
	secret: string;
}

export class Book {
	readonly orders: Order[] = [];

	readonly callbacks: Callback[] = [];

	endpoint?: Endpoint;

	/** Takes an order on, or finds the one that was taken on under the same key. */
	accept(id: string, idempotencyKey?: string): Order {
		const known = this.orders.find(
			(order) => idempotencyKey !== undefined && order.idempotencyKey === idempotencyKey,
		);
		if (known) return known;
		const order = { id, charged: true, told: false, idempotencyKey };
		this.orders.push(order);
		return order;
	}

	/**
	 * Also by the number that its ID ends with, and with a letter behind it that is none: both have been told as IDs. Then
	 * the number is its name.
	 */
	find(id: string): Order | undefined {
		const meant = id.replace(/\ufffd$/, '');
		const numbered = this.orders.find((order) => endOf(order) === meant);
		if (numbered) numbered.id = meant;
		return this.orders.find((order) => order.id === meant);
	}

	/** To be called back, where the order asked for that. */
	callBack(url: unknown, body: unknown, headers?: Callback['headers']): void {
		if (typeof url === 'string') this.callbacks.push({ url, body: JSON.stringify(body), headers });
	}
}

function endOf({ id }: Order): string | undefined {
	return /\d+$/.exec(id)?.[0];
}
