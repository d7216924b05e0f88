// Where each task costs a request: of those of a kind that are asked for just in case, a few answer for all.
import type { PollFacts } from './pollSchedule';

/** One is asked for so many. */
const TASKS_FOR_ONE = 5;

/** Answers which of these tasks of one kind are asked: whoever hasn't been for longest. The others count as asked now. */
export function standIns<Task extends { facts: PollFacts }>(tasks: Task[], now: number): Task[] {
	const count = Math.ceil(tasks.length / TASKS_FOR_ONE);
	const inTurn = [...tasks].sort((left, right) => left.facts.askedAt - right.facts.askedAt);
	for (const { facts } of inTurn.slice(count)) facts.excusedAt = now;
	return inTurn.slice(0, count);
}
