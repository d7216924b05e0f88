// One page of a list, in the shape that the official client pages through.
import type { FastifyRequest } from 'fastify';
import { invalid } from './errors';
import { Fields, type Values } from './fields';

const USUAL_LIMIT = 20;

interface PageLimits {
	max: number;
	usual?: number;
}

/** The items come newest first, or as "order" says; "after" is the id of the last one that was seen. */
export function page<Item extends { id: string }>(
	request: FastifyRequest,
	oldestFirst: readonly Item[],
	json: (item: Item) => Values,
	{ max, usual = USUAL_LIMIT }: PageLimits,
): Values {
	const query = new Fields((request.query ?? {}) as Values, true);
	const limit = query.integer('limit', 1, max) ?? usual;
	const after = query.text('after');
	const order = query.choice('order', ['asc', 'desc']) ?? 'desc';
	const items = order === 'asc' ? [...oldestFirst] : [...oldestFirst].reverse();
	const seen = after === undefined ? -1 : items.findIndex(({ id }) => id === after);
	if (after !== undefined && seen < 0) {
		throw invalid(`No item found with id '${after}'.`, 'invalid_value', 'after');
	}
	const shown = items.slice(seen + 1, seen + 1 + limit);
	return {
		object: 'list',
		data: shown.map(json),
		first_id: shown[0]?.id ?? null,
		last_id: shown.at(-1)?.id ?? null,
		has_more: seen + 1 + limit < items.length,
	};
}
