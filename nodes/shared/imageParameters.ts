// Reads the shared image fields of one item into what the pipeline takes.
import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import type { OutputSettings } from '../../pipeline/imageRun';
import type { LocalImage } from '../../pipeline/media/files';
import { imageFromBinary, imageFromUrl } from '../../pipeline/media/inputImages';
import { isToolRun } from '../../pipeline/once/toolCalls';
import { badInput } from '../../providers/failure';
import { readText, toAddresses, toText, toTexts } from './parameters';

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
	const entries: unknown = context.getNodeParameter('inputImages.images', itemIndex, []);
	const images: LocalImage[] = [];
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

export async function readMask(
	context: IExecuteFunctions,
	itemIndex: number,
): Promise<LocalImage | undefined> {
	const source = readText(context, 'maskSource', 'Mask', itemIndex);
	if (source === 'binary') {
		const field = readText(context, 'maskBinaryPropertyName', 'Mask Data Field Name', itemIndex);
		return await imageFromBinary(context, itemIndex, field);
	}
	return source === 'url'
		? imageFromUrl(readText(context, 'maskUrl', 'Mask URL', itemIndex))
		: undefined;
}

/** Where the images go. An AI agent can pass on links, but no files. */
export function readOutput(
	context: IExecuteFunctions,
	options: IDataObject,
	itemIndex: number,
): OutputSettings {
	const linksOnly = isToolRun(context) || options.output === 'link';
	const field = toText(options.binaryPropertyOutput, 'Put Output File in Field').trim() || 'data';
	return { itemIndex, binaryField: linksOnly ? undefined : field };
}
