// Asks the provider how tasks stand: many with one request where it has a batch route, else each by itself.
import type { ImageProvider, ImageRequest, ImageTask } from '../../providers/contract';
import type { FailureKind } from '../../providers/failure';
import type { Connection } from '../connection';
import { createLimiter } from '../limiter';
import { failureIn, settle, type Settled } from '../settle';
import { send, type SendOptions } from '../http/send';

/** Requests at the same time, where each task is asked for by itself. */
const SINGLES_AT_ONCE = 5;
/** The batch route is missing, or takes offence at one of the tasks. */
const ASK_ALONE = new Set([400, 404, 405, 413, 422, 501]);
/** Troubles that may pass: the task goes on meanwhile, so we look again instead of giving it up. */
const PASSING_TROUBLES = new Set<FailureKind>([
	'network',
	'providerDown',
	'rateLimit',
	'unreadableAnswer',
]);

/** Tasks as `askForTasks` takes them: by their ids, with what the answers may leave out. */
export type AskedTasks = ReadonlyMap<string, ImageRequest | undefined>;

/** How a task stands. Throws when that could not be told. */
export async function askForOne(
	connection: Connection,
	id: string,
	request?: ImageRequest,
	options?: SendOptions,
): Promise<ImageTask> {
	const { provider } = connection;
	if (!provider.poll) throw new TypeError(`${provider.name} keeps no tasks.`);
	return provider.readTask(await send(connection, provider.poll(id), options), request);
}

/**
 * What one request tells of many tasks. The others are to be asked for alone: the provider leaves out what it doesn't
 * know, and may have no batch route. Throws when a question at this time makes no sense.
 */
export async function askForMany(
	connection: Connection,
	ids: string[],
	options?: SendOptions,
): Promise<Map<string, ImageTask>> {
	const { pollMany } = connection.provider;
	if (!pollMany || ids.length < 2) return new Map();
	const answer = await settle(send(connection, pollMany.request(ids), options));
	const tasks = answer.ok ? pollMany.read(answer.value) : [];
	if (!answer.ok && !isRefusedTogether(answer.error)) throw answer.error;
	return new Map(tasks.map((task) => [task.id, task]));
}

/** How the tasks of one group stand, or why that could not be told. Never throws. */
export async function askForTasks(
	connection: Connection,
	asked: AskedTasks,
	options?: SendOptions,
): Promise<Map<string, Settled<ImageTask>>> {
	const ids = [...asked.keys()];
	const many = await settle(askForMany(connection, ids, options));
	if (!many.ok) return new Map(ids.map((id) => [id, many]));
	const limit = createLimiter(SINGLES_AT_ONCE);
	const answers = ids.map(async (id): Promise<[string, Settled<ImageTask>]> => {
		const value = many.value.get(id);
		if (value) return [id, { ok: true, value }];
		const ask = async () => await askForOne(connection, id, asked.get(id), options);
		return [id, await settle(limit(ask))];
	});
	return new Map(await Promise.all(answers));
}

/** Groups of as many tasks as one question takes. */
export function inGroups<Entry>({ pollMany }: ImageProvider, entries: Entry[]): Entry[][] {
	const size = pollMany?.most ?? SINGLES_AT_ONCE;
	const groups: Entry[][] = [];
	for (let i = 0; i < entries.length; i += size) groups.push(entries.slice(i, i + size));
	return groups;
}

/** Whether a later look may succeed where this one failed. */
export function isPassing(error: Error): boolean {
	const kind = failureIn(error)?.details.kind;
	return kind !== undefined && PASSING_TROUBLES.has(kind);
}

/** Each of the tasks may be told alone all the same. */
function isRefusedTogether(error: Error): boolean {
	return ASK_ALONE.has(failureIn(error)?.details.status ?? 0);
}
