// What a task at fal has come to: its images, whichever of the models' shapes they have, or why there are none.
import { entriesOf, readPicture } from '../answers/entries';
import { fieldsOf, idOf, itemsOf, objectOf, textOf, type JsonObject } from '../answers/loose';
import { unusable } from '../answers/parseAnswer';
import { reasonOf } from '../answers/toldTask';
import type { HttpAnswer, ImageTask, TaskImage } from '../contract';
import { omitUndefined } from '../requests/omit';
import { BLACK, EXPIRED, NAME, readFailure, toldIn } from './failures';

const STILL_AT_WORK = /still in progress/i;
/** With these an answer speaks of the key, the traffic or a server before the model: the task is asked for again. */
const OF_THE_REQUEST = new Set([401, 403, 408, 425, 429]);
/** A mask beside pictures is none that was asked for. */
const MASK = /mask/i;
const MAX_LEVELS = 3;

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
		...(units !== undefined && { usage: { billableUnits: units } }),
	};
	if (answer.status >= 400) return withoutImages(answer, ended);
	const body = objectOf(answer.body);
	if (!body) throw unusable(answer, NAME, readFailure);
	return withImages(body, { ...ended, status: 'succeeded', failure: undefined });
}

function unitsIn(header: string | undefined): number | undefined {
	const units = Number(header?.trim() || Number.NaN);
	return Number.isFinite(units) && units >= 0 ? units : undefined;
}

function withoutImages(answer: HttpAnswer, task: ImageTask): ImageTask {
	const told = toldIn(answer);
	const { message = '' } = told ?? {};
	if (STILL_AT_WORK.test(message)) return { ...task, status: 'running', failure: undefined };
	if (answer.status === 499) return { ...task, status: 'cancelled' };
	if (fieldsOf(answer.body).status === 'NOT_FOUND') {
		const gone = 'fal has made the images, but no longer keeps its answer.';
		return { ...task, status: 'failed', failure: { code: EXPIRED, message: gone } };
	}
	const code = told?.code ?? String(answer.status);
	return { ...task, status: 'failed', failure: reasonOf({ ...told, code }) };
}

function withImages(body: JsonObject, task: ImageTask): ImageTask {
	const entries = picturesOf(body);
	const read = entries.map((entry) => readPicture(entry, ''));
	const flags = itemsOf(body.has_nsfw_concepts);
	const isBlack = (place: number): boolean => flags[place] === true;
	const revisedPrompt = textOf(body.revised_prompt);
	const images = read.flatMap((image, place): TaskImage[] =>
		image && !isBlack(place) ? [{ ...(revisedPrompt && { revisedPrompt }), ...image }] : [],
	);
	const black = read.filter((_, place) => isBlack(place)).length;
	const unread = read.filter((image, place) => !image && !isBlack(place)).length;
	const made: ImageTask = {
		...task,
		...omitUndefined({ seed: seedIn(body.seed), unread: unread || undefined }),
		images,
		raw: { ...task.raw, ...body },
	};
	if (images.length + unread > 0) return black > 0 ? { ...made, failure: blackened(black) } : made;
	const failure = black > 0 ? blackened(black) : noMedia(body);
	return { ...made, status: 'failed', failure };
}

function blackened(count: number): NonNullable<ImageTask['failure']> {
	const [what, are] = count === 1 ? ['an image', 'It is'] : [`${count} images`, 'They are'];
	const message = `fal's safety check has painted ${what} black. ${are} charged all the same.`;
	return { code: BLACK, message };
}

/** Whatever was made instead was paid for, so that its link is told. */
function noMedia(body: JsonObject): NonNullable<ImageTask['failure']> {
	const [link] = filesIn(body, () => true).flatMap(({ url }) => textOf(url) ?? []);
	const instead = link === undefined ? '' : ` It has made this instead: ${link}`;
	return { code: 'no_media_generated', message: `the model has made no image.${instead}` };
}

/** A list of images, one image, or whatever else of the answer is one. */
function picturesOf(body: JsonObject): unknown[] {
	const named = [body.images, body.image].map(entriesOf).find(({ length }) => length > 0);
	if (named) return named;
	const isPicture = ({ content_type: type }: JsonObject) =>
		typeof type === 'string' && type.startsWith('image/');
	const plain = Object.fromEntries(Object.entries(body).filter(([name]) => !MASK.test(name)));
	const others = filesIn(plain, isPicture);
	return others.length > 0 ? others : filesIn(body, isPicture);
}

function filesIn(value: unknown, isWanted: (file: JsonObject) => boolean, level = 0): JsonObject[] {
	if (level > MAX_LEVELS) return [];
	const object = objectOf(value);
	if (object && textOf(object.url) !== undefined) return isWanted(object) ? [object] : [];
	const inner = object ? Object.values(object) : itemsOf(value);
	return inner.flatMap((each) => filesIn(each, isWanted, level + 1));
}

function seedIn(value: unknown): number | string | undefined {
	return typeof value === 'number' ? value : idOf(value);
}
