// The history of a key's tasks, page by page, as EvoLink's official clients read it.
import { z } from 'zod';
import { stateOf, type Task } from './tasks';

const PAGE_SIZE = 20;
/** A server that gives fewer than asked for. */
const SHORT_PAGE = 7;

export const historyQuery = z
	.object({
		status: z.enum(['pending', 'processing', 'completed', 'failed', 'cancelled']),
		type: z.string(),
		model: z.string(),
		page: z.coerce.number().int().min(1),
		page_size: z.coerce.number().int().min(1).max(100),
	})
	.partial()
	.strict();

type Query = z.output<typeof historyQuery>;

/** The latest first. `odd` names a way in which servers page that isn't EvoLink's. */
export function historyPage(all: Task[], query: Query, odd?: string): Record<string, unknown> {
	const isShort = odd === 'short-pages' || odd === 'short-pages-no-total';
	const asked = query.page_size ?? PAGE_SIZE;
	const pageSize = isShort ? Math.min(asked, SHORT_PAGE) : asked;
	const page = odd === 'ignores-page' ? 1 : (query.page ?? 1);
	const found = [...all].reverse().filter((task) => matches(task, query));
	const data = found.slice((page - 1) * pageSize, page * pageSize).map(entryOf);
	const total = odd === 'short-pages-no-total' ? {} : { total: found.length };
	return { data, ...total, page, page_size: pageSize };
}

function entryOf(task: Task): Record<string, unknown> {
	const { status, progress, ending } = stateOf(task);
	return {
		id: task.id,
		model: task.request.model.id,
		type: task.request.medium,
		status,
		progress,
		created_at: Math.floor(task.createdAt / 1000),
		has_results: (ending?.made ?? 0) > 0,
		credits_used: task.creditsCharged,
		has_error: ending?.error !== undefined,
	};
}

/** Who asks for what is at work gets what waits for its turn, too. */
function matches(task: Task, query: Query): boolean {
	const { status } = stateOf(task);
	const words = status === 'pending' ? ['pending', 'processing'] : [status];
	return (
		(query.status === undefined || words.includes(query.status)) &&
		(query.type === undefined || query.type === task.request.medium) &&
		(query.model === undefined || task.request.model.id === query.model)
	);
}
