// A small client for the EvoLink sandbox's tests.
import { fetch, type Response } from 'undici';
import type { Sandbox } from '../../../../sandbox';
import { json } from '../support';

export interface TaskJson {
	id: string;
	status: string;
	progress: number;
	results?: string[];
	result_data?: Array<{ image_url: string }>;
	billing: Record<string, unknown>;
	error?: { code: string; message: string };
	usage: {
		credits_reserved: number;
		credits_used?: number;
		estimated_cost?: number;
		cost?: { credits: number; usd: number };
	};
	task_info: { estimated_time: number };
}

export interface ErrorJson {
	error: { code: string; message: string; type: string; param?: string };
}

export class Client {
	constructor(
		readonly sandbox: Sandbox,
		readonly key: string = sandbox.evolink.addKey(),
	) {}

	async get(path: string): Promise<Response> {
		return await fetch(this.sandbox.evolink.baseUrl + path, {
			headers: { authorization: `Bearer ${this.key}` },
		});
	}

	async post(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
		const text = typeof body === 'string' ? body : JSON.stringify(body);
		return await this.send(this.sandbox.evolink.baseUrl + path, text, {
			'content-type': 'application/json',
			...headers,
		});
	}

	async create(body: object, headers: Record<string, string> = {}): Promise<Response> {
		const whole = { model: 'gpt-4o-image', prompt: 'A quiet harbour', ...body };
		return await this.post('/v1/images/generations', whole, headers);
	}

	async created(body: object = {}, headers: Record<string, string> = {}): Promise<TaskJson> {
		return await json<TaskJson>(await this.create(body, headers), 200);
	}

	async task(id: string): Promise<TaskJson> {
		return await json<TaskJson>(await this.get(`/v1/tasks/${id}`), 200);
	}

	/** Creates a task, ends it at once and returns its last state. */
	async finished(body: object = {}): Promise<TaskJson> {
		const { id } = await this.created(body);
		this.sandbox.evolink.finishTask(id);
		return await this.task(id);
	}

	async uploadJson(way: 'base64' | 'url', body: object): Promise<Response> {
		const address = `${this.sandbox.evolink.filesBaseUrl}/api/v1/files/upload/${way}`;
		return await this.send(address, JSON.stringify(body), { 'content-type': 'application/json' });
	}

	/** Other calls to the files host. */
	async files(method: 'GET' | 'DELETE', path: string): Promise<Response> {
		return await fetch(`${this.sandbox.evolink.filesBaseUrl}/api/v1/files/${path}`, {
			method,
			headers: { authorization: `Bearer ${this.key}` },
		});
	}

	/** Returns the address of the uploaded file. */
	async upload(bytes: Buffer, name?: string): Promise<string> {
		const body = { base64_data: bytes.toString('base64'), file_name: name };
		const answer = await json<{ data: { file_url: string } }>(
			await this.uploadJson('base64', body),
			200,
		);
		return answer.data.file_url;
	}

	private async send(
		address: string,
		body: string,
		headers: Record<string, string>,
	): Promise<Response> {
		return await fetch(address, {
			method: 'POST',
			headers: { authorization: `Bearer ${this.key}`, ...headers },
			body,
		});
	}
}
