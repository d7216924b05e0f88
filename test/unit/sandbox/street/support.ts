// A small client for the services of the sandbox's street.
import { fetch, FormData, type Response } from 'undici';
import { photo } from '../support';

export interface Refusal {
	error: { code: string; message: string; field?: string };
}

export async function jpeg(width: number, height: number): Promise<Buffer> {
	return await (await photo(width, height)).jpeg().toBuffer();
}

export class StreetClient {
	constructor(
		private readonly apiUrl: string,
		private readonly token: string | undefined,
	) {}

	async get(path: string): Promise<Response> {
		return await this.send('GET', path);
	}

	async send(
		method: string,
		path: string,
		body?: FormData | string,
		headers: Record<string, string> = {},
	): Promise<Response> {
		const authorization = this.token === undefined ? undefined : `Bearer ${this.token}`;
		return await fetch(this.apiUrl + path, {
			method,
			headers: { ...(authorization && { authorization }), ...headers },
			body,
		});
	}

	async json(method: string, path: string, body: unknown): Promise<Response> {
		const headers = { 'content-type': 'application/json' };
		return await this.send(method, path, JSON.stringify(body), headers);
	}

	/** A form with one file, and texts before it. */
	async upload(
		path: string,
		[field, bytes, name]: readonly [field: string, bytes: Buffer, name: string],
		texts: Record<string, string> = {},
		headers: Record<string, string> = {},
	): Promise<Response> {
		const form = new FormData();
		for (const [key, value] of Object.entries(texts)) form.set(key, value);
		form.set(field, new Blob([bytes]), name);
		return await this.send('POST', path, form, headers);
	}
}
