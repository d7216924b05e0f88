// Reads the shared image fields of one item into what the pipeline takes.
import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import {
	fieldOfFile,
	imageFromBinary,
	imageFromUrl,
	inputOf,
	overlayFromBinary,
	type LocalImage,
} from '../../../pipeline/media';
import { isToolRun } from '../../../pipeline/once';
import type { OutputSettings } from '../../../pipeline/session';
import { badInput } from '../../../providers/failure';
import {
	booleanOption,
	readFilled,
	readOptions,
	readText,
	toAddresses,
	toText,
	toTexts,
} from './readParameters';

/** All input images, in the order in which they stand in the field; at least one. */
export async function readInputImages(
	context: IExecuteFunctions,
	itemIndex: number,
): Promise<LocalImage[]> {
	const images = await readImages(context, itemIndex);
	if (images.length > 0) return images;
	throw badInput(
		'There is no input image.',
		'Add one under Input Images: the name of a binary field, or a web address. To make an image from words alone, use the operation Generate.',
	);
}

/** All input images, in the order in which they stand in the field. */
export async function readImages(
	context: IExecuteFunctions,
	itemIndex: number,
): Promise<LocalImage[]> {
	const urls: unknown = context.getNodeParameter('inputImageUrls', itemIndex, '');
	const images = toAddresses(urls, 'Input Image URLs').map(imageFromUrl);
	const entries: unknown = context.getNodeParameter('inputImages.images', itemIndex, []);
	for (const entry of Array.isArray(entries) ? (entries as IDataObject[]) : []) {
		if (entry.source === 'url') {
			images.push(...toAddresses(entry.url, 'The URL of an input image').map(imageFromUrl));
			continue;
		}
		for (const field of toTexts(entry.binaryPropertyName, 'Input Data Field Name')) {
			images.push(await imageFromBinary(context, itemIndex, field));
		}
	}
	return images;
}

/** What stands in the field until somebody changes it. */
const ITEMS_OWN_FIELD = 'data';

/**
 * The input images of an operation that does without any, too: the field as it stands means the item's own picture, if it
 * has one.
 */
export async function readOptionalImages(
	context: IExecuteFunctions,
	itemIndex: number,
): Promise<LocalImage[]> {
	if (!isAsItStands(context, itemIndex)) return await readImages(context, itemIndex);
	const field = fieldOfFile(context, itemIndex, ITEMS_OWN_FIELD);
	if (field === undefined) return [];
	const image = await imageFromBinary(context, itemIndex, field);
	const { facts, file } = image;
	// A table or a text isn't asked about unless somebody says so. What says that it is a picture must be one.
	const isPicture = facts?.type !== 'unknown' || file?.mimeType.startsWith('image/') === true;
	return isPicture ? [image] : [];
}

function isAsItStands(context: IExecuteFunctions, itemIndex: number): boolean {
	const entries: unknown = context.getNodeParameter('inputImages.images', itemIndex, []);
	if (!Array.isArray(entries) || entries.length !== 1) return false;
	const { source, binaryPropertyName } = (entries as IDataObject[])[0]!;
	return source === 'binary' && binaryPropertyName === ITEMS_OWN_FIELD;
}

/** Whether somebody has taken all input images out of the field. */
export function isWithoutImages(context: IExecuteFunctions, itemIndex: number): boolean {
	const entries: unknown = context.getNodeParameter('inputImages.images', itemIndex, []);
	return !Array.isArray(entries) || entries.length === 0;
}

export async function readMask(
	context: IExecuteFunctions,
	itemIndex: number,
): Promise<LocalImage | undefined> {
	return await readOverlay(context, itemIndex, 'mask', 'Mask');
}

/** A picture that belongs to the first input image: none, or one file or address. */
export async function readOverlay(
	context: IExecuteFunctions,
	itemIndex: number,
	name: string,
	displayName: string,
): Promise<LocalImage | undefined> {
	const filled = (part: string, label: string) =>
		readFilled(context, `${name}${part}`, `${displayName} ${label}`, itemIndex);
	const source = readOverlaySource(context, itemIndex, name, displayName);
	if (source === 'binary') {
		const field = filled('BinaryPropertyName', 'Data Field Name');
		return await overlayFromBinary(context, itemIndex, field);
	}
	return source === 'url' ? imageFromUrl(filled('Url', 'URL')) : undefined;
}

/** Throws a badInput failure where an expression brings nothing: without the mask, another image would be paid for. */
export function readOverlaySource(
	context: IExecuteFunctions,
	itemIndex: number,
	name: string,
	displayName: string,
): 'binary' | 'url' | 'none' {
	const parameter = `${name}Source`;
	// Not there for models that take none.
	if (context.getNode().parameters[parameter] === undefined) return 'none';
	const source = readText(context, parameter, displayName, itemIndex);
	if (source === 'binary' || source === 'url' || source === 'none') return source;
	throw badInput(
		`${displayName} must be binary, url or none.`,
		'Check the expression in this field.',
	);
}

/** What becomes of the images of an item. The prompt is the person's own. */
export function readOutput(
	context: IExecuteFunctions,
	itemIndex: number,
	prompt?: string,
): OutputSettings {
	const options = readOptions(context, itemIndex);
	checkIncludeInputFields(options);
	return { ...outputOf(context, options), prompt: prompt || undefined };
}

/** Read again when there are items: what is wrong is told before anything is ordered. */
export function checkIncludeInputFields(options: IDataObject): void {
	booleanOption(options, 'includeInputFields', 'Include Input Fields', true);
}

/** The same for the images of tasks that were started elsewhere: what was asked for, only the row may still tell. */
export function readTaskOutput(context: IExecuteFunctions, itemIndex: number): OutputSettings {
	const { prompt } = isToolRun(context) ? {} : inputOf(context, itemIndex).json;
	return readOutput(context, itemIndex, typeof prompt === 'string' ? prompt : undefined);
}

/** What becomes of the images, as the Options say. An AI agent can pass on links, but no files. */
export function outputOf(context: IExecuteFunctions, options: IDataObject): OutputSettings {
	const { output, binaryPropertyOutput, fileName } = options;
	const linksOnly = isToolRun(context) || output === 'link';
	const field = toText(binaryPropertyOutput, 'Put Output File in Field').trim() || 'data';
	return {
		binaryField: linksOnly ? undefined : field,
		groupImages: booleanOption(options, 'groupImages', 'Group Images', false) || undefined,
		fileName: toFileName(context, fileName),
	};
}

/**
 * Undefined where there is none. n8n fills in no braces in a field that is switched to Fixed; what an expression has brought
 * may have them.
 */
function toFileName(context: IExecuteFunctions, value: unknown): string | undefined {
	const name = toText(value, 'File Name').trim();
	const { fileName: typed } = (context.getNode().parameters.options ?? {}) as IDataObject;
	const isExpression = typeof typed === 'string' && typed.startsWith('=');
	if (isExpression || !name.includes('{{')) return name || undefined;
	throw badInput(
		'The File Name has {{ in it, which n8n takes as plain text in a fixed field.',
		'Switch the field from Fixed to Expression, so that n8n fills in what stands between the braces.',
	);
}
