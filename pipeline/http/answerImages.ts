// Takes the pictures out of a streamed answer into n8n's binary store, and answers the JSON that is left.
import { createHash } from 'crypto';

import { jsonParse } from 'n8n-workflow';

import type { HttpRequest } from '../../providers/contract';
import type { ImageFailure } from '../../providers/failure';
import { referenceOf } from '../../providers/pictureReference';
import type { Connection } from '../connection';
import type { IncomingBody } from './answerBody';
import { toNetworkFailure } from './networkFailure';
import { failureIn, settle } from '../settle';
import { newLostReference } from '../media/lostImages';
import { storeImage } from '../media/storedImage';
import { readStreamedJson } from './streamedJson';
import type { ByteStream } from './streams';

/**
 * The answer's JSON with references in place of its pictures; its text where it is no JSON. Throws a `download` failure
 * when none of its pictures is whole, or the answer ends within one. Else a lost picture's reference leads to its failure.
 */
export async function readBodyWithImages(
	connection: Connection,
	{ base64Fields = [], answerForm, repeatable }: HttpRequest,
	{ bytes: chunks, lender }: IncomingBody,
): Promise<unknown> {
	const { provider, received } = connection;
	const lost = new Map<string, ImageFailure>();
	let whole = 0;
	const take = async (bytes: AsyncIterator<Buffer>): Promise<string> => {
		const stored = await settle(storeReceived(connection, bytes, lender));
		if (stored.ok) whole += 1;
		if (stored.ok) return stored.value;
		const failure = failureIn(stored.error);
		// What can be asked for again isn't settled for while n8n's disk is full.
		if (!failure || (repeatable && failure.details.status === 507)) throw stored.error;
		const reference = newLostReference();
		lost.set(reference, failure);
		return reference;
	};
	const text = await settle(readStreamedJson(chunks, new Set(base64Fields), take));
	if (!text.ok) throw failureIn(text.error) ?? toNetworkFailure(text.error, provider.name);
	for (const [reference, failure] of lost) {
		const isCut = text.value.endsWith(JSON.stringify(reference));
		if (isCut || (whole === 0 && answerForm !== 'lines')) throw failure;
		received.set(reference, failure);
	}
	return answerForm === 'lines' ? linesOf(text.value) : parsed(text.value);
}

/** Stores a picture from an answer and answers the reference that stands in its place. */
export async function storeReceived(
	{ context, provider, received }: Connection,
	bytes: AsyncIterator<Buffer>,
	lender: ByteStream,
): Promise<string> {
	const hash = createHash('sha256');
	const watched = noticed(bytes, (chunk) => hash.update(chunk));
	const image = await storeImage(context, { bytes: watched, lender }, provider.id);
	const reference = referenceOf(hash.digest('hex'));
	// Whatever refers to the same picture shares the file that came first.
	if (!received.has(reference)) received.set(reference, image);
	return reference;
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

function linesOf(text: string): unknown[] {
	return text
		.split('\n')
		.filter((line) => line.trim() !== '')
		.map(parsed);
}

/** The JSON, or the text itself where it is none. */
export function parsed(text: string): unknown {
	return jsonParse(text, { fallbackValue: text });
}
