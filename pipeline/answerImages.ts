// Takes the pictures out of a streamed answer into n8n's binary store, and answers the JSON that is left.
import { randomUUID } from 'crypto';

import { jsonParse } from 'n8n-workflow';

import type { HttpRequest } from '../providers/contract';
import type { Connection } from './connection';
import { toNetworkFailure } from './networkFailure';
import { failureIn, settle } from './settle';
import { storeImage } from './storedImage';
import { readStreamedJson } from './streamedJson';
import { isByteStream } from './streams';

/** The answer's JSON with references in place of its pictures; its text where it is no JSON. */
export async function readBodyWithImages(
	connection: Connection,
	{ base64Fields = [], answerForm }: HttpRequest,
	body: unknown,
): Promise<unknown> {
	if (!isByteStream(body)) return body;
	const { context, provider, received } = connection;
	const chunks = body[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
	const text = await settle(
		readStreamedJson(chunks, new Set(base64Fields), async (bytes) => {
			const reference = `stored:${randomUUID()}`;
			received.set(reference, await storeImage(context, { bytes, lender: body }, provider.id));
			return reference;
		}),
	);
	body.destroy();
	if (!text.ok) throw failureIn(text.error) ?? toNetworkFailure(text.error, provider.name);
	return answerForm === 'lines' ? linesOf(text.value) : parsed(text.value);
}

function linesOf(text: string): unknown[] {
	return text
		.split('\n')
		.filter((line) => line.trim() !== '')
		.map(parsed);
}

function parsed(text: string): unknown {
	return jsonParse(text, { fallbackValue: text });
}
