// How the tasks of a suspended execution stand, and whether it is time to go on.
import type { ImageTask } from '../../providers/contract';
import type { Connection } from '../connection';
import { failureIn, type Settled } from '../settle';
import { restoredRequest, type Suspension } from './suspension';
import { askForTasks, inGroups, isPassing, type AskedTasks } from '../tasks/taskAnswers';
import { hasEnded } from '../tasks/taskState';
import type { SendOptions } from '../http/send';

/** While it looks, n8n either refuses callbacks or holds the one that has come: so one try only, and not a long one. */
const REQUEST: SendOptions = { retry: false, timeoutMilliseconds: 10_000 };

/** Tasks that have ended, however they did, or that can't be found out any more. */
export type EndedTasks = ReadonlyMap<string, Settled<ImageTask>>;

/** By task that has ended: whether it has made its images. */
export type Outcomes = ReadonlyMap<string, boolean>;

export interface LookOptions {
	/** Tasks that needn't be asked for. */
	known?: Outcomes;
	/** Some providers know a task only moments after they have started it. */
	justStarted?: boolean;
}

/** Asks how the tasks stand, and answers those that have ended. Not reliable when some of it could not be told. */
export async function look(
	connection: Connection,
	{ items }: Suspension,
	{ known, justStarted = false }: LookOptions = {},
): Promise<{ ended: EndedTasks; isReliable: boolean }> {
	const ended = new Map<string, Settled<ImageTask>>();
	let isReliable = true;
	const open = items.flatMap(({ taskIds, request }) =>
		taskIds
			.filter((id) => !known?.has(id))
			.map((id) => [id, request && restoredRequest(request)] as const),
	);
	for (const group of inGroups(connection.provider, open)) {
		const asked: AskedTasks = new Map(group);
		for (const [id, answer] of await askForTasks(connection, asked, REQUEST)) {
			const isUntold =
				!answer.ok && (isPassing(answer.error) || (justStarted && isUnknown(answer.error)));
			if (isUntold) isReliable = false;
			else if (!answer.ok || hasEnded(answer.value)) ended.set(id, answer);
		}
	}
	return { ended, isReliable };
}

export function outcomesOf(ended: EndedTasks): Outcomes {
	const outcomes = [...ended].map(([id, answer]): [string, boolean] => [
		id,
		answer.ok && answer.value.status === 'succeeded',
	]);
	return new Map(outcomes);
}

/** Whether no more callback is needed: few tasks are open then, if any, or one has failed that ends the execution. */
export function isOver(suspension: Suspension, outcomes: Outcomes): boolean {
	const calling = suspension.items.filter(({ callsBack }) => callsBack);
	const isOpen = calling.some(({ taskIds }) => taskIds.some((id) => !outcomes.has(id)));
	return !isOpen || (!suspension.continueOnFail && hasFailedTask(suspension, outcomes));
}

/** Whether a task has ended without images. */
export function hasFailedTask({ items }: Suspension, outcomes: Outcomes): boolean {
	return items.some(({ taskIds }) => taskIds.some((id) => outcomes.get(id) === false));
}

function isUnknown(error: Error): boolean {
	return failureIn(error)?.details.kind === 'notFound';
}
