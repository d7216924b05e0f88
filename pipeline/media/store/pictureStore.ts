// The pictures that came inside answers, by the references that stand in their places: in n8n's binary store, or lost.
import { randomUUID } from 'crypto';

import {
	referenceOf,
	referenceOfBytes,
	type PictureReference,
} from '../../../providers/answers/pictureReference';
import { beginDigest } from '../../../providers/digest';
import type { ImageFailure } from '../../../providers/failure';
import type { PipelineContext } from '../../context';
import { failureIn, resultOf } from '../../result';
import type { ByteStream } from '../../answers/streams';
import { storeBytes, storeImage, type HideSecrets, type StoredImage } from './storedImage';

/** A picture that is stored, or why it is lost. */
export type FoundPicture = StoredImage | ImageFailure;

export interface PictureStore {
	/**
	 * Stores a picture as it arrives, with a stream that lends its class. The same picture has the same reference.
	 * Throws a `download` failure when it isn't whole.
	 */
	take(
		bytes: AsyncIterator<Buffer>,
		lender: ByteStream,
	): Promise<{ reference: PictureReference; image: StoredImage }>;
	/** Stores a picture that is in memory. One that isn't whole is lost, and has a reference all the same. */
	takeWhole(bytes: Buffer): Promise<PictureReference>;
	/** The reference of a picture that is lost: no two are lost together. */
	keepLost(failure: ImageFailure): PictureReference;
	/** Takes up what an earlier try has kept. */
	restore(reference: string, found: FoundPicture): void;
	/** Undefined for a reference that leads nowhere. */
	find(reference: string): FoundPicture | undefined;
}

/** `name` is what the files are called until they become items. */
export function createPictureStore(
	context: PipelineContext,
	name: string,
	hide: HideSecrets,
): PictureStore {
	const pictures = new Map<string, FoundPicture>();

	function keepLost(failure: ImageFailure): PictureReference {
		const reference = referenceOf(`lost-${randomUUID()}`);
		pictures.set(reference, failure);
		return reference;
	}

	return {
		keepLost,
		take: async (bytes, lender) => {
			const hash = beginDigest();
			const watched = noticed(bytes, (chunk) => hash.update(chunk));
			const image = await storeImage(context, { bytes: watched, lender, hide }, name);
			const reference = referenceOf(hash.digest('hex'));
			// Whatever refers to the same picture shares the file that came first.
			if (!pictures.has(reference)) pictures.set(reference, image);
			return { reference, image };
		},
		takeWhole: async (bytes) => {
			const stored = await resultOf(storeBytes(context, bytes, name, hide));
			if (stored.ok) {
				const reference = referenceOfBytes(bytes);
				pictures.set(reference, stored.value);
				return reference;
			}
			const failure = failureIn(stored.error);
			if (!failure) throw stored.error;
			return keepLost(failure);
		},
		restore: (reference, found) => {
			pictures.set(reference, found);
		},
		find: (reference) => pictures.get(reference),
	};
}

async function* noticed(
	chunks: AsyncIterator<Buffer>,
	onChunk: (chunk: Buffer) => void,
): AsyncGenerator<Buffer> {
	for (;;) {
		const { done, value } = await chunks.next();
		if (done) return;
		onChunk(value);
		yield value;
	}
}
