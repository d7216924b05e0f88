// Formats that could not be made: they take none of the others with them, and a person learns which they are and why.
import type { IExecuteFunctions } from 'n8n-workflow';

import type { ImageFormat, ImageTask } from '../../providers/contract';
import type { Connection } from '../connection';
import { addHint } from '../once/itemHints';
import { failureIn } from '../result';

/** A format's image that is not there, and why. */
export interface MissingFormat {
	format: ImageFormat | undefined;
	error: Error;
}

/**
 * Tells what is missing beside what was made. Throws in place of that where nothing was made, where the execution has
 * ended, and where n8n's Retry On Fail runs the node once more: that try takes up what was made, and makes only the rest.
 */
export function leaveOut(
	connection: Connection<IExecuteFunctions>,
	made: ImageTask[],
	missing: MissingFormat[],
	itemIndex: number,
): void {
	const [first] = missing;
	if (!first) return;
	const stopped = missing.find(({ error }) => isCancelled(error));
	if (stopped) throw stopped.error;
	if (made.length === 0 || isMadeByRetry(connection, made, missing)) throw first.error;
	const reasons = new Map<string, Set<string>>();
	for (const { format, error } of missing) {
		const names = reasons.get(reasonOf(error)) ?? new Set();
		reasons.set(reasonOf(error), names.add(format?.name ?? ''));
	}
	for (const [reason, names] of reasons) {
		const which = [...names].join(', ');
		addHint(
			connection,
			`These formats of item ${itemIndex} are missing: ${which}. ${reason}`,
			itemIndex,
		);
	}
}

/** Of several formats, those that were made; the others are told of. */
export function withoutFailedFormats(
	connection: Connection<IExecuteFunctions>,
	tasks: ImageTask[],
	itemIndex: number,
): ImageTask[] {
	if (!tasks.some(({ asked }) => asked?.format)) return tasks;
	const made = tasks.filter(({ status }) => status === 'succeeded');
	const missing = tasks
		.filter((task) => !made.includes(task))
		.map((task) => ({
			format: task.asked?.format,
			error: connection.provider.readTaskFailure(task),
		}));
	leaveOut(connection, made, missing, itemIndex);
	return made;
}

function isCancelled(error: Error): boolean {
	return failureIn(error)?.details.kind === 'cancelled';
}

/**
 * Not where the workflow goes on, as n8n then tries again for the first item alone; nor where this is a later try
 * already, or the next one would be refused as well.
 */
function isMadeByRetry(
	{ context }: Connection<IExecuteFunctions>,
	made: ImageTask[],
	missing: MissingFormat[],
): boolean {
	if (context.getNode().retryOnFail !== true || context.continueOnFail()) return false;
	if (made.some(({ replayed }) => replayed)) return false;
	return missing.some(({ error }) => failureIn(error)?.details.kind !== 'moderation');
}

function reasonOf(error: Error): string {
	const details = failureIn(error)?.details;
	if (!details) return error.message;
	const { message, advice, taskId } = details;
	return [message, advice, taskId && `Task ID: ${taskId}`].filter(Boolean).join(' ');
}
