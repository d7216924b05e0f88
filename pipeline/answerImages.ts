// Takes the pictures out of a streamed answer into n8n's binary store, and answers the JSON that is left.
import { randomUUID } from 'crypto';

import { jsonParse } from 'n8n-workflow';

import type { HttpRequest } from '../providers/contract';
import type { Connection } from './connection';
import { toNetworkFailure } from './networkFailure';
import { failureIn, settle } from './settle';
import { storeImage } from './storedImage';
import { readStreamedJson } from './streamedJson';
import { isByteStream, type ByteStream } from './streams';

/** The answer's JSON with references in place of its pictures; its text where it is no JSON. */
export async function readBodyWithImages(
	connection: Connection,
	{ base64Fields = [], answerForm }: HttpRequest,
	body: unknown,
): Promise<unknown> {
	if (!isByteStream(body)) return body;
	const { name } = connection.provider;
	const chunks = body[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
	const text = await settle(
		readStreamedJson(
			chunks,
			new Set(base64Fields),
			async (bytes) => await storeReceived(connection, bytes, body),
		),
	);
	body.destroy();
	if (!text.ok) throw failureIn(text.error) ?? toNetworkFailure(text.error, name);
	return answerForm === 'lines' ? linesOf(text.value) : parsed(text.value);
}

/** Stores a picture from an answer and answers the reference that stands in its place. */
export async function storeReceived(
	{ context, provider, received }: Connection,
	bytes: AsyncIterator<Buffer>,
	lender: ByteStream,
): Promise<string> {
	const reference = `stored:${randomUUID()}`;
	received.set(reference, await storeImage(context, { bytes, lender }, provider.id));
	return reference;
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
