// A binary store for tests of answers with pictures inside, and such pictures.
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';

import type { IBinaryData, IExecuteFunctions } from 'n8n-workflow';
import sharp from 'sharp';

import type { Connection } from '../../../pipeline/connection';
import type { IncomingBody } from '../../../pipeline/http/answerBody';
import { createRedactor } from '../../../pipeline/redact';
import { ImageFailure } from '../../../providers/failure';
import { createOpenAiImages } from '../../../providers/openai/images';

/** A connection into a store that keeps the files it is given. */
export function connectionWithStore() {
	const stored: Buffer[] = [];
	const prepareBinaryData = async (stream: Readable, fileName: string, mimeType: string) => {
		stored.push(await buffer(stream));
		return { data: 'test', id: `test:${stored.length}`, fileName, mimeType } as IBinaryData;
	};
	const connection: Connection = {
		context: { helpers: { prepareBinaryData } } as unknown as IExecuteFunctions,
		credentialType: 'openAiImagesApi',
		provider: createOpenAiImages('https://api.openai.com/v1'),
		received: new Map(),
		redact: createRedactor([]),
	};
	return { connection, stored };
}

/** A text on its way in small pieces. */
export const inPieces = (text: string | Buffer, length = 100): IncomingBody =>
	incoming(
		(function* () {
			const bytes = Buffer.from(text);
			for (let at = 0; at < bytes.length; at += length) yield bytes.subarray(at, at + length);
		})(),
	);

/** A text whose connection breaks behind it. */
export const breaking = (text: string): IncomingBody =>
	incoming(
		(function* () {
			yield Buffer.from(text);
			throw Object.assign(new Error('aborted'), { code: 'ECONNRESET' });
		})(),
	);

function incoming(chunks: Iterable<Buffer>): IncomingBody {
	return { bytes: yielding(chunks), lender: Readable.from([]) };
}

async function* yielding(chunks: Iterable<Buffer>): AsyncGenerator<Buffer> {
	yield* chunks;
}

/** A small picture of one colour. */
export const png = async (background: string) =>
	await sharp({ create: { width: 20, height: 10, channels: 3, background } })
		.png()
		.toBuffer();

/** What the failure says that the promise must end with. */
export async function failureOf(promise: Promise<unknown>) {
	const failure = await promise.catch((error: unknown) => error);
	if (failure instanceof ImageFailure) return failure.details;
	throw new Error('An ImageFailure was expected.');
}
