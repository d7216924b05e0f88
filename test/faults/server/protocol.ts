// What one provider's protocol says: which step a request is, and what an honest server does about it.
import type { Step } from '../cells';
import type { Answer } from './answer';
import type { Book, Order } from './book';

export interface Asked {
	method: string;
	/** All of it, with the query. */
	url: string;
	/** Below the cell's own address, without the query. */
	path: string;
	query: URLSearchParams;
	headers: Record<string, string | string[] | undefined>;
	body: Buffer;
}

export interface Deed {
	/** Undefined for what no fault is done to. */
	step?: Step;
	/** Does it, and answers. What is told of an order in it counts as told when it leaves whole. */
	answer(): { answer: Answer; order?: Order };
}

export interface World {
	book: Book;
	/** The cell's own address. */
	base: string;
	/** One more number, for IDs. */
	next(): string;
	picture: Buffer;
	pictureUrl: string;
}

export type Protocol = (asked: Asked, world: World) => Deed | undefined;
