// Names why a task has ended without images.
import type { ImageTask } from '../contract';
import { ImageFailure } from '../failure';
import { MODERATION_ADVICE } from './failureRules';
import { refusesContent } from './refusals';
import { LONGEST_NAME, shownText, suggested } from './texts';
import { isUnfetched } from './unfetched';

/** Stands in a task's failure where the provider tells no code. */
export const NO_CODE = 'unknown';

/** What only the provider knows of a task that ended without images. */
interface TaskEnd {
	/** Whether the content was refused, where the failure's code and words alone don't tell. */
	isRefused?: boolean;
	/** What to do when it failed for another reason. */
	ifFailed: string;
	/** What to do when it was cancelled. */
	ifCancelled?: string;
	/** Whether nothing is charged for a task that failed. */
	isFree?: boolean;
	/** What the provider itself says to do. */
	suggestion?: string;
}

/** Says why a task ended as failed or cancelled. */
export function taskFailure(
	provider: string,
	{ id, status, failure }: ImageTask,
	{
		isRefused = refusesContent(failure ?? {}),
		ifFailed,
		ifCancelled = 'Run this again to start a new one.',
		isFree = false,
		suggestion,
	}: TaskEnd,
): ImageFailure {
	const taskId = id || undefined;
	if (status === 'cancelled') {
		return new ImageFailure({
			kind: 'taskFailed',
			message: `${provider}: the task was cancelled before any image was made.`,
			advice: ifCancelled,
			taskId,
		});
	}
	const { code, message = 'no image was made.' } = failure ?? {};
	return new ImageFailure({
		kind: isRefused ? 'moderation' : 'taskFailed',
		// Some messages are in our own words already, and these name the provider.
		message: shownText(message.startsWith(provider) ? message : `${provider}: ${message}`),
		advice: `${isRefused ? MODERATION_ADVICE : ifFailed}${suggested(provider, suggestion)}`,
		code: code === NO_CODE ? undefined : code?.slice(0, LONGEST_NAME),
		taskId,
		...(isUnfetched(failure ?? {}) && { unfetched: true }),
		...(isFree && { mayBeCharged: false }),
	});
}
