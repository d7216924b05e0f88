// Reads an answer that comes as a stream of events: pictures go into n8n's binary store as they arrive, and a stream
// that breaks off keeps what has come before.
import type { HttpRequest, ImageFacts } from '../../providers/contract';
import { eventsIn } from '../../providers/answers/eventStream';
import type { ImageFailure } from '../../providers/failure';
import { MEGABYTE } from '../../providers/limits/megabytes';
import type { PictureStore } from '../media/store/pictureStore';
import { failureIn, resultOf } from '../result';
import { MAX_PICTURES, type ReadBody } from './readBody';
import type { ByteSource } from './byteSource';
import { readStreamedJson, type WrittenPicture } from './streamedJson';
import type { ByteStream } from './streams';

/** A picture may come in pieces over many events, which can only be put together once all are there. */
const MAX_BYTES = 96 * MEGABYTE;

/** The events as StreamEvent[]; for a provider that reads anything, the stream's own text as a buffer. */
export async function readEvents(
	pictures: PictureStore,
	{ base64Fields = [], responseType }: HttpRequest,
	source: ByteSource,
	lender: ByteStream,
): Promise<ReadBody> {
	const isReadByProvider = responseType === 'any';
	const damages: ImageFailure[] = [];
	let whole = 0;

	const takeImage = async (picture: WrittenPicture): Promise<string | undefined> => {
		const stored = await resultOf(pictures.take(picture.bytes, lender));
		if (stored.ok) {
			// Of an unknown type, nothing tells whether the next event goes on with it.
			const isSure = !picture.mayGoOn() || isKnown(stored.value.image.facts);
			if (picture.canStay && !isSure) return undefined;
			whole += 1;
			return stored.value.reference;
		}
		const failure = failureIn(stored.error);
		if (!failure) throw stored.error;
		if (picture.canStay) return undefined;
		damages.push(failure);
		// One damaged picture takes none of the others with it: its place stays empty.
		if (!isReadByProvider) return '';
		return pictures.keepLost(failure);
	};

	const text = await readStreamedJson(source, {
		fields: new Set(base64Fields),
		takeImage,
		maxBytes: MAX_BYTES,
		maxPictures: MAX_PICTURES,
		isInLines: true,
		isInPieces: true,
	});
	const broken = source.failure;
	if (!isReadByProvider) return { body: [...eventsIn(text)], interruption: broken ?? damages[0] };
	if (broken && whole === 0) throw broken;
	return { body: text, interruption: broken };
}

function isKnown({ type }: ImageFacts): boolean {
	return type !== 'unknown';
}
