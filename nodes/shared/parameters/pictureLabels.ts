// The input images as far as a price depends on them: how many there are. No file is opened, and no address is asked.
import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import type { InputImage } from '../../../providers/contract';
import { readOverlaySource } from './imageParameters';
import { readText, toAddresses, toTexts } from './readParameters';

interface PictureLabels {
	references: InputImage[];
	mask?: InputImage;
	markup?: InputImage;
}

export function readPictureLabels(context: IExecuteFunctions, itemIndex: number): PictureLabels {
	const urls: unknown = context.getNodeParameter('inputImageUrls', itemIndex, '');
	const entries: unknown = context.getNodeParameter('inputImages.images', itemIndex, []);
	const labels = (Array.isArray(entries) ? (entries as IDataObject[]) : []).flatMap((entry) =>
		entry.source === 'url'
			? toAddresses(entry.url, 'The URL of an input image')
			: toTexts(entry.binaryPropertyName, 'Input Data Field Name'),
	);
	return {
		references: [...toAddresses(urls, 'Input Image URLs'), ...labels].map((label) => ({ label })),
		mask: readOverlay(context, itemIndex, 'mask', 'Mask'),
		markup: readOverlay(context, itemIndex, 'markup', 'Markup'),
	};
}

/** Labelled as the picture itself will be: by its field or its address. */
function readOverlay(
	context: IExecuteFunctions,
	itemIndex: number,
	name: string,
	displayName: string,
): InputImage | undefined {
	const textOf = (part: string) => readText(context, `${name}${part}`, displayName, itemIndex);
	const source = readOverlaySource(context, itemIndex, name, displayName);
	if (source === 'binary') return { label: textOf('BinaryPropertyName') };
	return source === 'url' ? { label: textOf('Url').trim() } : undefined;
}
