// A binary store for tests of answers with pictures inside, and such pictures.
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';

import type { IBinaryData, IExecuteFunctions } from 'n8n-workflow';
import sharp from 'sharp';

import { realClock } from '../../../pipeline/clock';
import type { Connection } from '../../../pipeline/connection';
import type { IncomingBody } from '../../../pipeline/answers/readBody';
import { toNetworkFailure } from '../../../pipeline/http/networkFailure';
import { openerOf } from '../../../pipeline/media/files';
import { createPictureStore, type PictureStore } from '../../../pipeline/media/store/pictureStore';
import { createRedactor } from '../../../pipeline/secrets/redactor';
import { ImageFailure } from '../../../providers/failure';
import { createOpenAiImages } from '../../../providers/openai/images';

/** A connection into a store that keeps the files it is given. */
export function connectionWithStore() {
	const stored: Buffer[] = [];
	const prepareBinaryData = async (stream: Readable, fileName: string, mimeType: string) => {
		stored.push(await buffer(stream));
		return { data: 'test', id: `test:${stored.length}`, fileName, mimeType } as IBinaryData;
	};
	const context = { helpers: { prepareBinaryData } } as unknown as IExecuteFunctions;
	const pictures = watchedStore(context);
	const connection: Connection = {
		context,
		credentialType: 'openAiImagesApi',
		provider: createOpenAiImages('https://api.openai.com/v1'),
		clock: realClock,
		pictures,
		openFile: openerOf(context),
		redact: createRedactor([]),
	};
	return { connection, context, stored, pictures };
}

/** Tells also which references it has given, each once. */
export interface WatchedStore extends PictureStore {
	references(): string[];
}

function watchedStore(context: IExecuteFunctions): WatchedStore {
	const store = createPictureStore(context, 'test', (text) => text);
	const given = new Set<string>();
	return {
		...store,
		take: async (bytes, lender) => {
			const taken = await store.take(bytes, lender);
			given.add(taken.reference);
			return taken;
		},
		keepLost: (failure) => {
			const reference = store.keepLost(failure);
			given.add(reference);
			return reference;
		},
		references: () => [...given],
	};
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
			const cut = Object.assign(new Error('aborted'), { code: 'ECONNRESET' });
			throw toNetworkFailure(cut, 'OpenAI');
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
