// Official clients for the OpenAI sandbox's tests, and pictures to send in.
import OpenAI, { APIError, toFile } from 'openai';
import sharp from 'sharp';
import type { Sandbox } from '../../../../sandbox';

type KeyOptions = Parameters<Sandbox['openai']['addKey']>[0];

/** The official client with a key of its own; it does not retry unless told to. */
export function clientOf(sandbox: Sandbox, options?: KeyOptions, maxRetries = 0): OpenAI {
	const apiKey = sandbox.openai.addKey(options);
	return new OpenAI({ apiKey, baseURL: sandbox.openai.baseUrl, maxRetries });
}

export function keyOf(client: OpenAI): string {
	return String(client.apiKey);
}

/** The error that the official client makes of a refusal. */
export async function refusal(promise: Promise<unknown>): Promise<APIError> {
	try {
		await promise;
	} catch (error) {
		if (error instanceof APIError) return error;
		throw error;
	}
	throw new Error('The call was not refused.');
}

export function decode(base64: string | null | undefined): Buffer {
	if (typeof base64 !== 'string') throw new Error('There is no base64.');
	return Buffer.from(base64, 'base64');
}

/** One colour all over. */
export async function plain(width: number, height: number, background: string): Promise<Buffer> {
	return await sharp({ create: { width, height, channels: 3, background } })
		.png()
		.toBuffer();
}

export async function png(bytes: Buffer, name = 'image.png') {
	return await toFile(bytes, name, { type: 'image/png' });
}

export function dataUri(bytes: Buffer, type = 'image/png'): string {
	return `data:${type};base64,${bytes.toString('base64')}`;
}

/** The smallest size that the newer models draw; small keeps tests fast. */
export const SMALL = '1024x640';

export async function pixelsOf(image: Buffer): Promise<Buffer> {
	return await sharp(image).ensureAlpha().raw().toBuffer();
}
