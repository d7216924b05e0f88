// A finished image as the input image of the next request: the file that n8n has, or the link that it lies at.
import type { IExecuteFunctions } from 'n8n-workflow';

import type { ImageTask, TaskImage } from '../../providers/contract';
import { ImageFailure } from '../../providers/failure';
import type { Connection } from '../connection';
import { fileOf, type LocalImage } from './files';
import { isWebAddress, noAddress } from './imageDownload';
import { prepareImages, type LocalRequest } from './inputImages';

/** One of a task's images, with when its link ends. */
export type MadeImage = TaskImage & Pick<ImageTask, 'expiresAt'>;

/** The images of a task, in order. */
export function imagesOf({ images, expiresAt }: ImageTask): MadeImage[] {
	return images.map((image) => ({ ...image, expiresAt }));
}

/** Brings the images that others are made from where the provider takes them from: each once, however many need it. */
export function motifPreparer(
	connection: Connection<IExecuteFunctions>,
	request: LocalRequest,
	motifs: ReadonlyArray<MadeImage | undefined>,
): (motif: number, label: string) => Promise<LocalImage> {
	const begun = new Map<number, Promise<LocalImage>>();
	const prepare = async (motif: number, label: string): Promise<LocalImage> => {
		const image = await asInputImage(connection, motifs[motif] ?? notCome(motif, label), label);
		const alone = { ...request, references: [image], mask: undefined, markup: undefined };
		const { references } = await prepareImages(connection, alone);
		return references[0]!;
	};
	return async (motif, label) => {
		const prepared = begun.get(motif) ?? prepare(motif, label);
		begun.set(motif, prepared);
		return await prepared;
	};
}

/** Throws a `download` failure where it can't be had any more. */
export async function asInputImage(
	{ context, pictures, clock, redact }: Connection<IExecuteFunctions>,
	made: MadeImage | ImageFailure,
	label: string,
): Promise<LocalImage> {
	if (made instanceof ImageFailure) throw made;
	const { stored, url = '', expiresAt } = made;
	if (stored !== undefined) {
		const found = pictures.find(stored) ?? gone(label);
		if (found instanceof ImageFailure) throw found;
		return { label, facts: found.facts, file: await fileOf(context, found.binary, label) };
	}
	if (!isWebAddress(url)) throw noAddress(url, redact.text);
	if (expiresAt !== undefined && expiresAt.getTime() <= clock.now()) throw gone(label);
	return { label, url };
}

function gone(label: string): ImageFailure {
	return new ImageFailure({
		kind: 'download',
		message: `The other formats are made from ${label}, which is no longer there.`,
		advice: 'Nothing was ordered for them. Run this again: then all formats are made anew.',
		nothingSent: true,
	});
}

function notCome(motif: number, label: string): ImageFailure {
	return new ImageFailure({
		kind: 'noImage',
		message: `It would have been made from ${label} number ${motif + 1}, which has not come.`,
		advice: 'Nothing was ordered for it.',
		nothingSent: true,
	});
}
