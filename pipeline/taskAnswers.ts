// Asks the provider how tasks stand: many with one request where it has a batch route, else each by itself.
import pLimit from 'p-limit';

import type { ImageProvider, ImageRequest, ImageTask } from '../providers/contract';
import type { FailureKind } from '../providers/failure';
import type { Connection } from './connection';
import { failureIn, settle, type Settled } from './settle';
import { send } from './transport';

/** Requests at the same time, where each task is asked for by itself. */
const SINGLES_AT_ONCE = 5;
/** Troubles that may pass: the task goes on meanwhile, so we look again instead of giving it up. */
const PASSING_TROUBLES = new Set<FailureKind>([
	'network',
	'providerDown',
	'rateLimit',
	'unreadableAnswer',
]);

/** Tasks as `askForTasks` takes them: by their ids, with what the answers may leave out. */
export type AskedTasks = ReadonlyMap<string, ImageRequest | undefined>;

/** How the tasks of one group stand, or why that could not be told. Never throws. */
export async function askForTasks(
	connection: Connection,
	asked: AskedTasks,
): Promise<Map<string, Settled<ImageTask>>> {
	const { provider } = connection;
	const { pollMany } = provider;
	const ids = [...asked.keys()];
	const answers = new Map<string, Settled<ImageTask>>();
	if (pollMany && ids.length > 1) {
		const many = await settle(
			send(connection, pollMany.request(ids)).then((answer) => pollMany.read(answer)),
		);
		if (!many.ok && !isUnknownRoute(many.error)) return new Map(ids.map((id) => [id, many]));
		for (const task of many.ok ? many.value : []) answers.set(task.id, { ok: true, value: task });
	}
	// A batch leaves out what it doesn't know. Asked for by itself, such a task is refused by name.
	// A provider or a gateway may have no batch route at all: then each task is asked for by itself.
	const limit = pLimit(SINGLES_AT_ONCE);
	const askForOne = async (id: string): Promise<void> => {
		const answer = send(connection, provider.poll(id));
		const task = answer.then((received) => provider.readTask(received, asked.get(id)));
		answers.set(id, await settle(task));
	};
	const left = ids.filter((id) => !answers.has(id));
	await Promise.all(left.map(async (id) => await limit(askForOne, id)));
	return answers;
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

function isUnknownRoute(error: Error): boolean {
	return [404, 405, 501].includes(failureIn(error)?.details.status ?? 0);
}
