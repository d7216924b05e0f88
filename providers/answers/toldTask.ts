// Reads what an answer tells of a task, where protocols with tasks are alike.
import type { HttpAnswer, ImageTask, TaskStatus } from '../contract';
import { wholeFields } from './cutJson';
import { NO_CODE } from './taskFailure';
import { idIn, idOf, objectOf, type JsonObject } from './loose';
import { JUDGED_CHARACTERS, shortened } from './texts';
import { nameOfError } from './toldError';

/** Of a text that was cut off, what is whole: how the task stands is asked for then. */
export function taskFieldsOf({ body }: HttpAnswer): JsonObject | undefined {
	return typeof body === 'string' ? { ...wholeFields(body), status: undefined } : objectOf(body);
}

/** Whether the text of an answer that was cut off tells the task's ID, under one of these names. */
export function tellsTask(body: unknown, names: readonly string[]): boolean {
	return typeof body === 'string' && idIn(wholeFields(body), names) !== undefined;
}

/**
 * How a task stands, by the provider's words. One that isn't among them means that it is still at work. Without any, a
 * task that has pictures is done, and any other has just begun.
 */
export function statusOf(
	words: Readonly<Record<string, TaskStatus>>,
	value: unknown,
	hasPictures: boolean,
): TaskStatus {
	if (typeof value !== 'string') return hasPictures ? 'succeeded' : 'queued';
	const word = value.trim().toLowerCase();
	return (Object.hasOwn(words, word) && words[word]) || 'running';
}

/** Why a task failed. What isn't told may be null. */
export function reasonOf(
	error: { code?: string | null; type?: string | null; message?: string | null } = {},
): NonNullable<ImageTask['failure']> {
	const reason = error.message || 'No reason was given.';
	return {
		code: nameOfError(error) ?? NO_CODE,
		message: shortened(reason, JUDGED_CHARACTERS),
	};
}

/** The number that a model's chance began with: a text where it has more digits than a number holds. */
export function seedOf(value: unknown): ImageTask['seed'] {
	return typeof value === 'number' ? value : idOf(value);
}
