// A small client for the fal sandbox's tests, and the official one with its hosts led here.
import { createFalClient, type FalClient } from '@fal-ai/client';
import { fetch as undiciFetch, type Response } from 'undici';
import type { Sandbox } from '../../../../sandbox';
import { json } from '../support';

type KeyOptions = Parameters<Sandbox['fal']['addKey']>[0];
export type Json = Record<string, unknown>;

export const MODEL = 'fal-ai/flux/schnell';

export interface Created {
	request_id: string;
	status: string;
	status_url: string;
	response_url: string;
	cancel_url: string;
	queue_position: number;
}

export interface Refusal {
	detail: string | Array<{ loc: Array<string | number>; msg: string; type: string }>;
	error_type?: string;
}

export class Client {
	readonly key: string;

	constructor(
		readonly sandbox: Sandbox,
		options?: KeyOptions,
	) {
		this.key = sandbox.fal.addKey(options);
	}

	async call(method: string, url: string, body?: unknown, headers: object = {}): Promise<Response> {
		return await undiciFetch(url, {
			method,
			headers: {
				authorization: `Key ${this.key}`,
				...(body !== undefined && { 'content-type': 'application/json' }),
				...headers,
			},
			body: body === undefined || typeof body === 'string' ? body : JSON.stringify(body),
		});
	}

	async create(input: object = {}, model = MODEL, query = '', headers = {}): Promise<Response> {
		const url = `${this.sandbox.fal.baseUrl}/${model}${query}`;
		return await this.call('POST', url, { prompt: 'A quiet harbour', ...input }, headers);
	}

	async created(input: object = {}, model = MODEL, query = '', headers = {}): Promise<Created> {
		return await json<Created>(await this.create(input, model, query, headers), 200);
	}

	async get(url: string): Promise<Response> {
		return await this.call('GET', url);
	}

	async put(url: string): Promise<Response> {
		return await this.call('PUT', url);
	}

	async api(path: string): Promise<Response> {
		return await this.get(this.sandbox.fal.apiBaseUrl + path);
	}

	/** Creates a task, ends it at once and reads its result. */
	async finished(input: object = {}, model = MODEL, query = ''): Promise<Response> {
		const { request_id: id, response_url: url } = await this.created(input, model, query);
		await this.sandbox.fal.finishTask(id);
		return await this.get(url);
	}

	async result(input: object = {}, model = MODEL): Promise<Json> {
		return await json<Json>(await this.finished(input, model), 200);
	}

	async refused(input: object = {}, model = MODEL, status = 422): Promise<Refusal> {
		return await json<Refusal>(await this.finished(input, model), status);
	}

	/** Puts a file into the storage and returns its address. */
	async store(bytes: Buffer, type = 'image/png'): Promise<string> {
		const url = `${this.sandbox.fal.filesBaseUrl}/storage/upload/initiate?storage_type=fal-cdn-v3`;
		const place = await json<{ upload_url: string; file_url: string }>(
			await this.call('POST', url, { content_type: type, file_name: 'in.png' }),
			200,
		);
		const answer = await undiciFetch(place.upload_url, {
			method: 'PUT',
			headers: { 'content-type': type },
			body: new Uint8Array(bytes),
		});
		if (answer.status !== 200) throw new Error(`${answer.status}: ${await answer.text()}`);
		return place.file_url;
	}

	tasks() {
		return this.sandbox.fal.tasks(this.key);
	}

	lastTask() {
		const task = this.tasks().at(-1);
		if (!task) throw new Error('There is no task.');
		return task;
	}
}

/** fal's own client, unchanged: where it sends to a host of fal, the sandbox answers. */
export function officialClient({ fal }: Sandbox, key: string): FalClient {
	const places: Record<string, string> = {
		'https://queue.fal.run': fal.baseUrl,
		'https://fal.run': fal.runUrl,
		'https://rest.fal.ai': fal.filesBaseUrl,
	};
	const redirected: typeof fetch = async (address, options) => {
		const url = String(address);
		const { origin } = new URL(url);
		const base = places[origin];
		const isHere = base === undefined && origin === new URL(fal.baseUrl).origin;
		if (base === undefined && !isHere) throw new Error(`No request may leave for ${origin}.`);
		return await fetch(isHere ? url : base + url.slice(origin.length), options);
	};
	return createFalClient({ credentials: key, fetch: redirected });
}
