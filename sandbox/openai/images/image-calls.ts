// Generations and edits from their parameters to the answer: the routes and the batches both go through here.
import type { Account } from '../accounts/accounts';
import type { CheckedOpenAIFaults } from '../faults';
import type { Fields } from '../fields';
import { type PictureReader, readReference } from '../pictures';
import { IMAGES_LIMIT, InputImages, tooManyImages } from './input-images';
import type { EditMaterial, ImageJob } from './job';
import type { ImageLinks } from './links';
import { checkOutcome, imagesJson, type MadeImages, makeImages } from './maker';
import { type ImageRoute, readImageJob } from './parameters';

export function readGeneration(fields: Fields, account: Account): ImageJob {
	return readImageJob(fields, 'generations', account);
}

/** The material comes from a form; without it the pictures are looked for in the JSON body. */
export function readEdit(
	fields: Fields,
	account: Account,
	material: EditMaterial | undefined,
): ImageJob {
	const job = readImageJob(fields, 'edits', account, material);
	if (!job.material) throw fields.missing('image');
	return job;
}

/** The pictures of an edit that is sent as JSON: {"images": [{"image_url"} or {"file_id"}], "mask": …}. */
export async function readJsonMaterial(
	fields: Fields,
	reader: PictureReader,
): Promise<EditMaterial | undefined> {
	const references = fields.list('images') ?? [];
	if (references.length > IMAGES_LIMIT) throw tooManyImages('images', references.length);
	const pictures = new InputImages();
	for (const [index, reference] of references.entries()) {
		const param = `images[${index}]`;
		await pictures.add(await readReference(reference, param, reader), param);
	}
	const mask = fields.object('mask');
	if (mask) await pictures.setMask(await readReference(mask, 'mask', reader), 'mask');
	return pictures.finish('mask');
}

export interface ImageCall {
	job: ImageJob;
	account: Account;
	faults: CheckedOpenAIFaults;
	links: ImageLinks;
	route: ImageRoute | 'variations';
	/** 1 is the full price. */
	priceShare?: number;
}

/** Draws, charges, and returns the answer's body. */
export async function runImageCall(
	call: ImageCall,
): Promise<{ made: MadeImages; body: Record<string, unknown> }> {
	const { job, account, faults, links, route, priceShare } = call;
	checkOutcome(faults);
	const made = await makeImages(job, faults, priceShare);
	account.purse.charge({
		what: `images/${route}`,
		model: job.model,
		images: made.images.length,
		dollars: made.dollars,
	});
	return { made, body: imagesJson(job, made, account, links, faults) };
}
