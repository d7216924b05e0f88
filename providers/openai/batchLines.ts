// The lines that a batch is made of: what each asks for, under which name, and whether they can be in one batch.
import type { ImageRequest } from '../contract';
import { badInput } from '../failure';
import { placeOf } from './inputPlace';
import { imageParameters } from './images';

const GENERATIONS = '/v1/images/generations';
const EDITS = '/v1/images/edits';
/** Most requests of one batch. */
const MAX_LINES = 50_000;
/** Between the Custom ID of a line and the person's reference: OpenAI answers nothing else of a line than its name. */
const REFERENCE_MARK = '#ref=';
/** OpenAI names no limit for the two together; so many are in use without trouble. */
const MAX_NAME_CHARACTERS = 64;

export interface BatchEntry {
	customId: string;
	request: ImageRequest;
}

/** The endpoint that serves all entries. Throws a badInput failure when they can't be in one batch. */
export function endpointOf(entries: BatchEntry[]): string {
	if (entries.length > MAX_LINES) {
		throw badInput(
			`A batch takes at most ${MAX_LINES.toLocaleString('en')} items, these are ${entries.length.toLocaleString('en')}.`,
			'Split the items, for instance with the Loop Over Items node.',
		);
	}
	refuseNames(entries);
	const models = [...new Set(entries.map(({ request }) => request.model))];
	if (models.length > 1) {
		throw badInput(
			`A batch takes one model, these items have ${models.map((model) => `"${model}"`).join(' and ')}.`,
			'Make a batch for each model, for instance behind an If node.',
		);
	}
	const edits = entries.filter(({ request }) => request.references.length > 0).length;
	if (edits !== 0 && edits !== entries.length) {
		throw badInput(
			'Some items of this batch have input images and some have none.',
			'Make two batches, for instance behind an If node: one with input images, one without.',
		);
	}
	return edits > 0 ? EDITS : GENERATIONS;
}

/** Throws a badInput failure where the names of a line can't be told apart in the results, or are too long together. */
function refuseNames(entries: BatchEntry[]): void {
	const isShared = sharedReference(entries) !== undefined;
	for (const { customId, request } of entries) {
		const { orderReference } = request;
		if (customId.includes(REFERENCE_MARK)) {
			throw badInput(
				`The Custom ID "${customId}" has ${REFERENCE_MARK} in it.`,
				'Use another one: by this the results tell the Custom ID from Your Reference.',
			);
		}
		if (isShared || orderReference === undefined) continue;
		const { length } = customId + REFERENCE_MARK + orderReference;
		if (length <= MAX_NAME_CHARACTERS) continue;
		throw badInput(
			`The Custom ID "${customId}" and Your Reference have ${length} characters together, with the ${REFERENCE_MARK.length} between them. A batch takes at most ${MAX_NAME_CHARACTERS}.`,
			'Use shorter ones, or only the Custom ID.',
		);
	}
}

/** The file that a batch is made of. */
export function linesOf(entries: BatchEntry[]): string {
	const url = endpointOf(entries);
	const isShared = sharedReference(entries) !== undefined;
	return entries
		.map(({ customId, request }) => {
			const { orderReference } = request;
			const isNamed = !isShared && orderReference !== undefined;
			const custom_id = isNamed ? `${customId}${REFERENCE_MARK}${orderReference}` : customId;
			return JSON.stringify({ custom_id, method: 'POST', url, body: bodyOf(request) });
		})
		.join('\n');
}

/** The reference of a batch that is all for one order: the batch itself bears it. */
export function sharedReference(entries: BatchEntry[]): string | undefined {
	const references = new Set(entries.map(({ request }) => request.orderReference));
	return references.size === 1 ? [...references][0] : undefined;
}

/** In a batch an edit is JSON: its images are named by the ids of uploaded files, or by URL. */
function bodyOf(request: ImageRequest): Record<string, unknown> {
	const body = imageParameters(request);
	if (request.references.length > 0) body.images = request.references.map(placeOf);
	if (request.mask) body.mask = placeOf(request.mask);
	return body;
}

/** What a line is called. */
export interface LineNames {
	customId: string;
	/** The person's own name for what the line asks for. */
	orderReference?: string;
}

/** Between a Custom ID and the name of one of its formats. */
const FORMAT_MARK = ' / ';

/** What the line of a format is called, where an item has several. */
export function nameOfFormat(customId: string, format: string): string {
	return `${customId}${FORMAT_MARK}${format}`;
}

/** The format that a line's name ends with; undefined where there is none. */
export function formatNameIn(name: string): string | undefined {
	const at = name.lastIndexOf(FORMAT_MARK);
	return at < 0 ? undefined : name.slice(at + FORMAT_MARK.length);
}

/** The two names of a line, of which the batch's own reference is the second where the line has none. */
export function namesIn(name: string, reference: string | undefined): LineNames {
	const at = name.indexOf(REFERENCE_MARK);
	if (at < 0)
		return { customId: name, ...(reference !== undefined && { orderReference: reference }) };
	const orderReference = name.slice(at + REFERENCE_MARK.length);
	return { customId: name.slice(0, at), orderReference };
}
