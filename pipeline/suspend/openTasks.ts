// How the tasks of a suspended execution stand, and whether it is time to go on.
import type { ImageTask } from '../../providers/contract';
import type { Connection } from '../connection';
import type { Result } from '../result';
import { restoredRequest, type Suspension } from './suspension';
import { isPassing, isUnknown } from '../tasks/taskAnswers';
import { createTaskAsker } from '../tasks/taskAsker';
import { hasEnded, UNKNOWN_AT_FIRST_MILLISECONDS } from '../tasks/taskState';
import type { SendOptions } from '../http/send';

/** While it polls, n8n either refuses callbacks or holds the one that has come: so one try only, and not a long one. */
const REQUEST: SendOptions = {
	retry: false,
	silenceMilliseconds: 5000,
	timeoutMilliseconds: 10_000,
};

/** Tasks that have ended, however they did, or that can't be found out any more. */
export type EndedTasks = ReadonlyMap<string, Result<ImageTask>>;

/** By task that has ended: whether it has made its images. */
export type Outcomes = ReadonlyMap<string, boolean>;

/**
 * Asks how the tasks stand, and answers those that have ended. Not reliable when some of it could not be told. Tasks
 * that are `known` to have ended aren't asked for.
 */
export async function pollOpenTasks(
	connection: Connection,
	{ items, startedAt }: Suspension,
	known?: Outcomes,
): Promise<{ ended: EndedTasks; isReliable: boolean }> {
	const ended = new Map<string, Result<ImageTask>>();
	let isReliable = true;
	const open = items.flatMap((item) =>
		item.taskIds
			.map((id, task) => [id, restoredRequest(item, task)] as const)
			.filter(([id]) => !known?.has(id)),
	);
	const mayPass = (error: Error): boolean =>
		isPassing(error) ||
		(isUnknown(error) && connection.clock.now() - startedAt < UNKNOWN_AT_FIRST_MILLISECONDS);
	await createTaskAsker(connection).ask(
		new Map(open),
		(id, answer) => {
			if (!answer.ok && mayPass(answer.error)) isReliable = false;
			else if (!answer.ok || hasEnded(answer.value)) ended.set(id, answer);
		},
		{ sendOptions: () => REQUEST },
	);
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
	return !isOpen || (!suspension.continueOnFail && hasFailedItem(suspension, outcomes));
}

/** Whether an item fails: what is made comes out whatever becomes of the others. */
function hasFailedItem({ items }: Suspension, outcomes: Outcomes): boolean {
	return items.some(
		({ taskIds }) => taskIds.length > 0 && taskIds.every((id) => outcomes.get(id) === false),
	);
}

/** Whether a task has ended without images. */
export function hasFailedTask({ items }: Suspension, outcomes: Outcomes): boolean {
	return items.some(({ taskIds }) => taskIds.some((id) => outcomes.get(id) === false));
}
