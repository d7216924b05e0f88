// Parts of an item's order that could not be made, such as one of several formats: they take none of the others with them,
// and a person learns which they are and why.
import type { IExecuteFunctions } from 'n8n-workflow';

import type { ImageFormat, ImageTask } from '../providers/contract';
import type { Connection } from './connection';
import { addHint } from './told/hints';
import { isRepeated } from './told/repeats';
import { isLastTry } from './once/tries';
import { failureIn } from './result';
import { noteCost } from './told/spending';

/** A part whose images are not there, and why. */
export interface MissingPart {
	format?: ImageFormat;
	/** How many images it was to have, where that is known. */
	count?: number;
	error: Error;
}

/**
 * Tells what is missing beside what was made. Throws in place of that where nothing was made, where the execution has
 * ended, and where n8n's Retry On Fail runs the node once more: that try takes up what was made, and makes only the rest.
 */
export function goOnWithout(
	connection: Connection<IExecuteFunctions>,
	missing: MissingPart[],
	made: ImageTask[],
	itemIndex: number,
): void {
	const [first] = missing;
	if (!first) return;
	const stopped = missing.find(({ error }) => isCancelled(error));
	if (stopped) throw stopped.error;
	if (made.length === 0 || isMadeByRetry(connection, made, missing)) throw first.error;
	const madeFormats = new Set(made.map(({ asked }) => asked?.format?.name));
	const byReason = new Map<string, MissingPart[]>();
	for (const part of missing) {
		const reason = reasonOf(part.error);
		byReason.set(reason, [...(byReason.get(reason) ?? []), part]);
	}
	for (const [reason, parts] of byReason) {
		addHint(connection, `${inWords(parts, madeFormats, itemIndex)} ${reason}`, itemIndex);
	}
}

/** The tasks that were made; the others are told of, and what they cost is counted. */
export function withoutFailed(
	connection: Connection<IExecuteFunctions>,
	tasks: ImageTask[],
	itemIndex: number,
): ImageTask[] {
	const made = tasks.filter(({ status }) => status === 'succeeded');
	if (made.length === 0) return tasks;
	const { context, provider } = connection;
	const failed = tasks.filter((task) => !made.includes(task));
	const missing = failed.map((task) => ({
		...task.asked,
		error: provider.readTaskFailure(task),
	}));
	for (const { cost } of failed) {
		noteCost(context, itemIndex, 0, cost, isRepeated(context, itemIndex));
	}
	goOnWithout(connection, missing, made, itemIndex);
	return made;
}

/** Undefined where that isn't known of each. */
function imagesOf(parts: ReadonlyArray<Pick<MissingPart, 'count'>>): number | undefined {
	const sum = parts.reduce((before, { count = Number.NaN }) => before + count, 0);
	return Number.isNaN(sum) ? undefined : sum;
}

function inWords(
	parts: MissingPart[],
	madeFormats: ReadonlySet<string | undefined>,
	itemIndex: number,
): string {
	const formats = [...new Set(parts.flatMap(({ format }) => format?.name ?? []))];
	if (formats.length > 0) {
		const names = formats.join(', ');
		return formats.some((name) => madeFormats.has(name))
			? `Some images of item ${itemIndex} are missing, of these formats: ${names}.`
			: `These formats of item ${itemIndex} are missing: ${names}.`;
	}
	const images = imagesOf(parts);
	if (images === undefined) return `Some images of item ${itemIndex} are missing.`;
	return images === 1
		? `One image of item ${itemIndex} is missing.`
		: `${images} images of item ${itemIndex} are missing.`;
}

function isCancelled(error: Error): boolean {
	return failureIn(error)?.details.kind === 'cancelled';
}

/**
 * Not where the workflow goes on, as n8n then tries again for the first item alone; nor where this is a later try of the
 * item already or the last one of the node, or the next one would be refused as well.
 */
function isMadeByRetry(
	{ context }: Connection<IExecuteFunctions>,
	made: ImageTask[],
	missing: MissingPart[],
): boolean {
	if (context.getNode().retryOnFail !== true || context.continueOnFail()) return false;
	if (made.some(({ replayed }) => replayed) || isLastTry(context)) return false;
	return missing.some(({ error }) => failureIn(error)?.details.kind !== 'moderation');
}

function reasonOf(error: Error): string {
	const details = failureIn(error)?.details;
	if (!details) return error.message;
	const { message, advice, taskId } = details;
	return [message, advice, taskId && `Task ID: ${taskId}`].filter(Boolean).join(' ');
}
