// What a task at fal has come to: its images, whichever of the models' shapes they have, or why there are none.
import { picturesIn } from '../answers/entries';
import { filesIn, pictureEntriesIn } from '../answers/files';
import { fieldsOf, itemsOf, objectOf, textOf, type JsonObject } from '../answers/loose';
import { reasonOf, seedOf } from '../answers/toldTask';
import type { HttpAnswer, ImageTask } from '../contract';
import { BLACK, EXPIRED, readFailure, toldIn } from './failures';

const STILL_AT_WORK = /still in progress/i;
/** With these an answer speaks of the key, the traffic or a server before the model: the task is asked for again. */
const OF_THE_REQUEST = new Set([401, 403, 408, 425, 429]);

/** Whether an answer with the status of an error is the model's own word, as the end of this task. */
export function isResult({ status, body }: HttpAnswer, { failure }: ImageTask): boolean {
	if (status < 400 || OF_THE_REQUEST.has(status)) return false;
	const { detail, status: word } = fieldsOf(body);
	if (status < 500) return detail !== undefined || word !== undefined;
	// A task that went well by its status is paid for: then it is a server that can't tell of it now.
	return failure !== undefined && detail !== undefined;
}

export function readResult(answer: HttpAnswer, task: ImageTask): ImageTask {
	const units = unitsIn(answer.headers['x-fal-billable-units']);
	const ended: ImageTask = {
		...task,
		// By fal's rule a fault of its own is never charged.
		units: units ?? (answer.status >= 500 ? 0 : undefined),
		usage: units === undefined ? undefined : { billableUnits: units },
	};
	if (answer.status >= 400) return withoutImages(answer, ended);
	const body = objectOf(answer.body);
	if (!body) throw readFailure(answer);
	return withImages(body, ended);
}

function unitsIn(header: string | undefined): number | undefined {
	const units = Number(header?.trim() || Number.NaN);
	return Number.isFinite(units) && units >= 0 ? units : undefined;
}

function withoutImages(answer: HttpAnswer, task: ImageTask): ImageTask {
	const { message = '', code = String(answer.status), ...told } = toldIn(answer) ?? {};
	if (STILL_AT_WORK.test(message)) return { ...task, status: 'running', failure: undefined };
	if (answer.status === 499) return { ...task, status: 'cancelled' };
	const gone = 'fal has made the images, but no longer keeps its answer.';
	const isGone = fieldsOf(answer.body).status === 'NOT_FOUND';
	const failure = isGone ? { code: EXPIRED, message: gone } : reasonOf({ ...told, code, message });
	return { ...task, status: 'failed', failure };
}

function withImages(body: JsonObject, task: ImageTask): ImageTask {
	const entries = pictureEntriesIn(body);
	const flags = itemsOf(body.has_nsfw_concepts);
	const clean = entries.filter((_, place) => flags[place] !== true);
	const black = entries.length - clean.length;
	const hasImages = clean.length > 0;
	const { images, unread } = picturesIn([clean], '');
	const revisedPrompt = textOf(body.revised_prompt);
	return {
		...task,
		seed: seedOf(body.seed),
		unread: unread || undefined,
		status: hasImages ? 'succeeded' : 'failed',
		failure: black > 0 ? blackened(black, task.units) : hasImages ? undefined : noMedia(body),
		images: images.map((image) => ({ ...(revisedPrompt && { revisedPrompt }), ...image })),
		raw: { ...task.raw, ...body },
	};
}

function blackened(count: number, units?: number): NonNullable<ImageTask['failure']> {
	const [what, are] = count === 1 ? ['an image', 'It is'] : [`${count} images`, 'They are'];
	const charge = units === 0 ? 'Nothing was charged.' : `${are} charged all the same.`;
	return { code: BLACK, message: `fal's safety check has painted ${what} black. ${charge}` };
}

/** Whatever was made instead was paid for, so that its link is told. */
function noMedia(body: JsonObject): NonNullable<ImageTask['failure']> {
	const [file] = filesIn(body, () => true);
	const instead = file ? ` It has made this instead: ${textOf(file.url)}` : '';
	return { code: 'no_media_generated', message: `the model has made no image.${instead}` };
}
