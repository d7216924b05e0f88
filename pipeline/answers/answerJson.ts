// Reads an answer of JSON, or of lines of it. Its pictures go into n8n's binary store; in their places stand references.
import type { HttpRequest } from '../../providers/contract';
import type { ImageFailure } from '../../providers/failure';
import { MEGABYTE } from '../../providers/limits/megabytes';
import type { PictureStore } from '../media/store/pictureStore';
import { failureIn, resultOf } from '../result';
import { MAX_PICTURES, type ReadBody } from './readBody';
import type { ByteSource } from './byteSource';
import { linesOf, MAX_BYTES_IN_LINES, parsed, readPlainLines } from './jsonLines';
import { KeptBytes } from './keptBytes';
import { readStreamedJson, type WrittenPicture } from './streamedJson';
import type { ByteStream } from './streams';

/** No answer without pictures is nearly as large. */
const MAX_PLAIN_BYTES = 8 * MEGABYTE;
/** Nor what is left of one without its pictures. */
const MAX_BYTES = 16 * MEGABYTE;
/** Each line of a batch is an answer with up to ten. */
const MAX_PICTURES_IN_LINES = 500_000;

/** A picture that is lost, and whether it stood where nothing but a picture stands. */
interface LostPicture {
	failure: ImageFailure;
	isNamed: boolean;
}

/**
 * The answer's JSON, its text where it is none, or its lines, with references in place of the pictures. A lost picture's
 * reference leads to its failure. Throws that, a `download` failure, when the answer ends within the picture, or when it
 * can be asked for again and no picture is whole. Where lines break off for good, those that have come are answered.
 */
export async function readBodyWithImages(
	pictures: PictureStore,
	{ base64Fields = [], responseType, idempotent }: HttpRequest,
	source: ByteSource,
	lender: ByteStream,
): Promise<ReadBody> {
	const isInLines = responseType === 'lines';
	const lost = new Map<string, LostPicture>();
	let whole = 0;

	const takeImage = async ({ bytes, isNamed }: WrittenPicture): Promise<string> => {
		const stored = await resultOf(pictures.take(bytes, lender));
		if (stored.ok) {
			whole += 1;
			return stored.value.reference;
		}
		const failure = failureIn(stored.error);
		// What can be asked for again isn't settled for while n8n's disk is full.
		if (!failure || (idempotent && failure.details.status === 507)) throw stored.error;
		const reference = pictures.keepLost(failure);
		lost.set(reference, { failure, isNamed });
		return reference;
	};

	const text = await readStreamedJson(source, {
		fields: new Set(base64Fields),
		takeImage,
		maxBytes: isInLines ? MAX_BYTES_IN_LINES : MAX_BYTES,
		maxPictures: isInLines ? MAX_PICTURES_IN_LINES : MAX_PICTURES,
		isInLines,
	});
	const interruption = source.failure;
	// The lines that have come are kept, as their pictures are stored.
	if (interruption && !(isInLines && whole > 0)) throw interruption;
	for (const [reference, { failure, isNamed }] of lost) {
		const isCut = text.subarray(-reference.length).toString() === reference;
		// A provider that reads anything finds the whole ones in a text that was cut, too.
		const isLoss = isCut && (whole === 0 || responseType !== 'any');
		const isWorthAnotherTry = idempotent && isNamed && whole === 0;
		if (!isInLines && (isLoss || isWorthAnotherTry)) throw failure;
	}
	return { body: isInLines ? linesOf(text) : parsed(text.toString()), interruption };
}

/** The answer's JSON, its text where it is none, or its lines. */
export async function readPlainBody(
	_pictures: PictureStore,
	{ responseType, keptOfLine }: HttpRequest,
	source: ByteSource,
): Promise<ReadBody> {
	if (responseType === 'lines') {
		const lines = await readPlainLines(source, keptOfLine);
		if (source.failure) throw source.failure;
		return { body: lines };
	}
	const kept = new KeptBytes(MAX_PLAIN_BYTES);
	while (source.position < source.window.length) {
		kept.append(source.window.subarray(source.position));
		source.position = source.window.length;
		await source.reach(1);
	}
	if (source.failure) throw source.failure;
	return { body: parsed(kept.bytes().toString()) };
}
