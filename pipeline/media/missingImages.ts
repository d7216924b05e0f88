// Images of a finished task that can't be had: they take none of the others with them, and a person learns which they
// are, where they lie and what to do.
import type { INodeExecutionData } from 'n8n-workflow';

import type { ImageProvider, ImageTask } from '../../providers/contract';
import { ImageFailure, type FailureKind } from '../../providers/failure';
import type { Connection } from '../connection';
import { addHint } from '../told/hints';
import {
	linkOf,
	linksOf,
	placeJson,
	timeText,
	definedFields,
	type ItemOptions,
	type Place,
} from './imageItem';

const UNFETCHED: ReadonlySet<FailureKind> = new Set(['download', 'timeLimit']);

/** An image that can't be had. */
export interface MissingImage {
	place: Place;
	failure: ImageFailure;
}

/** Says under the node's output which image is missing. */
export function hintAtMissing(
	connection: Connection,
	task: ImageTask,
	{ place: { index, number, count }, failure }: MissingImage,
	itemIndex: number,
): void {
	const { message, advice } = withoutTask(task, index, failure).details;
	const link = linkOf(task, index);
	const where = [link && `Link: ${link}`, task.id && `Task ID: ${task.id}`].filter(Boolean);
	const what = `Image ${number + 1} of ${count} of item ${itemIndex} is missing.`;
	addHint(connection, [what, message, advice, where.join(' · ')].join(' ').trim(), itemIndex);
}

/** The same as an item, for a workflow that starts with it: there n8n shows no hints. */
export function missingItem(
	connection: Connection,
	task: ImageTask,
	{ place, failure }: MissingImage,
	options: ItemOptions,
): INodeExecutionData {
	const { message, advice } = withoutTask(task, place.index, failure).details;
	const json = {
		...placeJson(connection, task, place, options),
		status: 'failed',
		error: message,
		advice,
		url: linkOf(task, place.index),
		expiresAt: timeText(task.expiresAt),
	};
	return { json: definedFields(json), pairedItem: { item: options.itemIndex } };
}

/** The failure of one image, told as that: without a task, Task: Get is no help. */
function withoutTask(task: ImageTask, index: number, failure: ImageFailure): ImageFailure {
	if (task.id !== '' || !UNFETCHED.has(failure.details.kind)) return failure;
	const isInside = task.images[index]?.stored !== undefined;
	if (!isInside && linkOf(task, index) === undefined) return failure;
	const advice = isInside
		? "It stood inside the answer, so it can't be fetched a second time."
		: 'Fetch it from its link as long as that works.';
	return new ImageFailure({ ...failure.details, advice });
}

/** The failure of a task of which no image can be had, with the way to fetch them later. */
export function noneArrived(task: ImageTask, { place, failure }: MissingImage): ImageFailure {
	if (task.id !== '') return withTask(failure, task);
	return withLinks(withoutTask(task, place.index, failure), task);
}

/** One bad link is no reason to go without the other images. */
function withTask({ details }: ImageFailure, { id, images }: ImageTask): ImageFailure {
	const others = `To get the links of all ${images.length} images instead, set Output to Link Only in the Options there.`;
	const advice = images.length > 1 ? `${details.advice} ${others}` : details.advice;
	return new ImageFailure({ ...details, advice, taskId: id });
}

/** Without a task to come back to, the links are all that is left of what was paid for. */
function withLinks(failure: ImageFailure, task: ImageTask): ImageFailure {
	const links = linksOf(task);
	if (links.length === 0) return failure;
	return new ImageFailure({
		...failure.details,
		advice: `The images were made, and may have been charged. Once their links are dead, only a new run of the workflow makes them again. Fetch them as long as their links work: ${links.join(' ')}`,
	});
}

/** The failure of a finished task that has no images. */
export function noImages({ name, whereToLook }: ImageProvider, taskId: string): ImageFailure {
	if (taskId === '') {
		return new ImageFailure({
			kind: 'unreadableAnswer',
			message: `${name} answered without an image.`,
			advice: `It may have been charged. ${whereToLook}`,
		});
	}
	return new ImageFailure({
		kind: 'unreadableAnswer',
		message: `${name} says that the task is done, but names no image.`,
		advice: 'Fetch it again in a minute with Task: Get and this task ID.',
		taskId,
	});
}
