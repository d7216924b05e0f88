// What was paid for besides what has failed, in words: what it is, and how a person has it without paying again.
import type { LeftWork } from '../../../pipeline/once';

/** What a run had paid for besides what has failed: the images of `finishedItems`, and `images` of items that aren't. */
export interface OtherWork extends Readonly<LeftWork> {
	finishedItems: number;
	/** Whether n8n tries again by itself. */
	retriesByItself?: boolean;
	/** How a person is told of its tasks, where they are fetched in another way than by Task: Get. */
	startedInWords?(ids: string): string;
}

export const NO_OTHER_WORK: OtherWork = { finishedItems: 0, taskIds: [], images: 0, unknown: 0 };

/** What of a failed item is paid for, or may be, and isn't told by its failure. */
type LeftOfItem = Pick<LeftWork, 'images' | 'unknown'>;

/** What was paid for besides, or may have been, and what to do about it. */
export function otherWorkInWords(other: OtherWork): string[] {
	return [...madeBefore(other), ...startedBefore(other), ...lostAnswers(other.unknown)];
}

function startedBefore({ taskIds, startedInWords = asTasks }: OtherWork): string[] {
	if (taskIds.length === 0) return [];
	return [startedInWords(taskIds.join(', '))];
}

function asTasks(ids: string): string {
	return `These tasks had been started too. Task: Get fetches their images without paying again: ${ids}.`;
}

function madeBefore({ finishedItems, images, retriesByItself }: OtherWork): string[] {
	if (finishedItems + images === 0) return [];
	const ofFinished =
		finishedItems === 1
			? 'One other item was finished before.'
			: `${finishedItems} other items were finished before.`;
	const ofOthers =
		images === 1
			? 'One image was made for an item that is not finished.'
			: `${images} images were made for items that are not finished.`;
	const made = [
		finishedItems > 0 && ofFinished,
		images > 0 && ofOthers,
		retriesByItself
			? "To have that work without paying again, retry this execution in n8n's list of executions. Only orders that you change by then are placed anew. With On Error set to Continue it goes on to the next node."
			: "To have that work without paying again, retry this execution in n8n's list of executions, or set Retry On Fail. Only orders that you change by then are placed anew. With On Error set to Continue it goes on to the next node.",
	];
	return [made.filter(Boolean).join(' ')];
}

function lostAnswers(unknown: number): string[] {
	if (unknown === 0) return [];
	const which = unknown === 1 ? 'One other request was' : `${unknown} other requests were`;
	return [
		`${which} sent, and no usable answer came. What was sent may have been done and charged. Retry in n8n's list of executions pays nothing twice; starting the workflow anew may. Look into your account first.`,
	];
}

/** The same on the item itself, where the workflow goes on. */
export function leftOfItemInWords({ images, unknown }: LeftOfItem): string[] {
	return [...madeForOne(images), ...lostAnswers(unknown)];
}

function madeForOne(images: number): string[] {
	if (images === 0) return [];
	return [
		images === 1
			? 'One image of this item was made before. To have it without paying again, retry the execution that made it.'
			: `${images} images of this item were made before. To have them without paying again, retry the execution that made them.`,
	];
}
