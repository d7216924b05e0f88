// A small client for the Core.Today sandbox's tests.
import sharp from 'sharp';
import { fetch, FormData, type Response } from 'undici';
import type { Sandbox } from '../../../../sandbox';
import { json } from '../support';

type KeyOptions = Parameters<Sandbox['coreToday']['addKey']>[0];
export type Json = Record<string, unknown>;

export interface UploadTarget {
	upload_url: string;
	upload_fields: Record<string, string>;
	file_url: string;
}

export const GPT_IMAGE_2 = 'openai/gpt-image-2';

export class CoreTodayClient {
	readonly key: string;

	constructor(
		readonly sandbox: Sandbox,
		options?: KeyOptions,
	) {
		this.key = sandbox.coreToday.addKey(options);
	}

	async get(path: string): Promise<Response> {
		return await fetch(this.sandbox.coreToday.baseUrl + path, {
			headers: { 'x-api-key': this.key },
		});
	}

	async post(path: string, body: unknown): Promise<Response> {
		return await fetch(this.sandbox.coreToday.baseUrl + path, {
			method: 'POST',
			headers: { 'x-api-key': this.key, 'content-type': 'application/json' },
			body: typeof body === 'string' ? body : JSON.stringify(body),
		});
	}

	async create(input: object = {}, more: object = {}): Promise<Response> {
		const whole = { prompt: 'A quiet harbour', ...input };
		return await this.post('/predictions', { model: GPT_IMAGE_2, input: whole, ...more });
	}

	async created(input: object = {}, more: object = {}): Promise<Json> {
		return await json<Json>(await this.create(input, more), 200);
	}

	/** A key called "file" makes a file field; text goes as it is. */
	async upload(parts: Array<readonly [string, string | Buffer]>): Promise<Response> {
		return await this.form(`${this.sandbox.coreToday.baseUrl}/predictions/upload`, parts);
	}

	async form(address: string, parts: Array<readonly [string, string | Buffer]>): Promise<Response> {
		const form = new FormData();
		for (const [name, value] of parts) {
			if (typeof value === 'string') form.append(name, value);
			else form.append(name, new Blob([new Uint8Array(value)]), 'picture.png');
		}
		const headers = { 'x-api-key': this.key };
		return await fetch(address, { method: 'POST', headers, body: form });
	}

	async prediction(id: unknown): Promise<Json> {
		return await json<Json>(await this.get(`/predictions/${String(id)}`), 200);
	}

	/** Creates a prediction, ends it at once and returns its last state. */
	async finished(input: object = {}, more: object = {}): Promise<Json> {
		const id = idOf(await this.created(input, more));
		this.sandbox.coreToday.finishPrediction(id);
		return await this.prediction(id);
	}

	async uploadTarget(body: object): Promise<UploadTarget> {
		return await json<UploadTarget>(await this.post('/files/upload-url', body), 200);
	}

	/** Puts a file into the storage and returns its address. */
	async store(bytes: Buffer): Promise<string> {
		const target = await this.uploadTarget({ filename: 'picture.png' });
		const fields = Object.entries(target.upload_fields);
		const answer = await this.form(target.upload_url, [...fields, ['file', bytes]]);
		if (answer.status !== 204) throw new Error(`${answer.status}: ${await answer.text()}`);
		return target.file_url;
	}

	records() {
		return this.sandbox.coreToday.predictions(this.key);
	}
}

export function idOf(prediction: Json): string {
	return String(prediction.id ?? prediction.job_id);
}

export async function picture(width: number, height: number): Promise<Buffer> {
	return await sharp({ create: { width, height, channels: 3, background: '#3060a0' } })
		.png()
		.toBuffer();
}
