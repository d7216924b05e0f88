// Fetches the reference images and the mask of a create call and checks them by content.
import { openWhereWhite } from '../drawing/open-where-white';
import { imageFacts, type ImageFacts } from '../files/image-file';
import { fetchFile } from '../http/fetch-file';
import type { Lifetime } from '../lifetime';
import { EvoLinkError } from './errors';
import type { MaskRules } from './models';

interface FetchedImage {
	bytes: Buffer;
	facts: ImageFacts;
}

/** What the drawing needs: the image to edit and where it may change. */
export interface EditMaterial {
	reference: FetchedImage;
	mask?: Buffer;
}

interface WithReferences {
	imageUrls: string[];
	maskUrl?: string;
	model: { references: { maxBytes: number }; mask?: MaskRules };
}

export async function fetchEditMaterial(
	request: WithReferences,
	lifetime: Lifetime,
): Promise<EditMaterial | undefined> {
	const { imageUrls, maskUrl, model } = request;
	let reference: FetchedImage | undefined;
	// One after the other, and only the first is kept: sixteen references may be 800 MB.
	for (const [index, url] of imageUrls.entries()) {
		const param = `image_urls[${index}]`;
		const image = await fetchImage(url, param, model.references.maxBytes, lifetime);
		reference ??= image;
	}
	if (!reference) return undefined;
	if (maskUrl === undefined || !model.mask) return { reference };
	const mask = await fetchImage(maskUrl, 'mask_url', model.mask.maxBytes, lifetime);
	checkMask(mask.facts, reference.facts, model.mask);
	return {
		reference,
		mask: model.mask.marksInWhite ? await openWhereWhite(mask.bytes) : mask.bytes,
	};
}

async function fetchImage(
	url: string,
	param: string,
	maxBytes: number,
	lifetime: Lifetime,
): Promise<FetchedImage> {
	const file = await fetchFile(url, maxBytes, lifetime);
	if (!file.ok) {
		const [code, message] =
			file.reason === 'too large'
				? ['image_too_large', `${param} is over the limit of ${maxBytes / 1024 / 1024} MB.`]
				: ['image_unreachable', `${param} could not be fetched: ${file.detail}.`];
		throw new EvoLinkError(400, message, { code, param });
	}
	const facts = await imageFacts(file.bytes);
	if (!facts) {
		throw new EvoLinkError(400, `${param} is not a JPEG, PNG or WebP image.`, {
			code: 'invalid_image_format',
			param,
		});
	}
	return { bytes: file.bytes, facts };
}

function checkMask(mask: ImageFacts, reference: ImageFacts, rules: MaskRules): void {
	const refuse = (message: string) => {
		throw new EvoLinkError(400, message, { code: 'invalid_mask', param: 'mask_url' });
	};
	if (mask.type !== 'image/png') refuse('The mask must be a PNG image.');
	if (rules.onePngReference && reference.type !== 'image/png') {
		refuse('With a mask, the reference image must be a PNG image as well.');
	}
	if (mask.width !== reference.width || mask.height !== reference.height) {
		refuse(
			`The mask is ${mask.width}x${mask.height}, the reference image ${reference.width}x${reference.height}: they must have the same dimensions.`,
		);
	}
	if (rules.alphaRequired && !mask.hasAlpha) refuse('The mask must have an alpha channel.');
}
