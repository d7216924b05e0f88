// Clients for the chat gateway's tests, and a reader that knows each shape by itself.
import OpenAI from 'openai';
import { fetch, type Response } from 'undici';
import type { Sandbox } from '../../../../sandbox';
import { json } from '../support';

type KeyOptions = Parameters<Sandbox['chat']['addKey']>[0];

export interface GatewayMessage {
	role: string;
	content: string | Array<{ type: string; text?: string; image_url?: { url: string } }>;
	images?: Array<{ type: string; image_url: { url: string } }>;
}

export interface GatewayAnswer {
	choices: Array<{ index: number; message: GatewayMessage; finish_reason: string }>;
	data: Array<{ url?: string; b64_json?: string; revised_prompt: string }>;
	usage: { total_tokens: number };
}

export type Part =
	| { type: 'text'; text: string }
	| { type: 'image_url'; image_url: { url: string } };

export class ChatClient {
	readonly key: string;

	constructor(
		readonly sandbox: Sandbox,
		options?: KeyOptions,
	) {
		this.key = sandbox.chat.addKey(options);
	}

	/** The official client, as it would be used with any compatible server. */
	official(): OpenAI {
		const baseURL = `${this.sandbox.chat.baseUrl}/v1`;
		return new OpenAI({ apiKey: this.key, baseURL, maxRetries: 0 });
	}

	async post(body: unknown, path = '/v1/chat/completions'): Promise<Response> {
		return await fetch(this.sandbox.chat.baseUrl + path, {
			method: 'POST',
			headers: { authorization: `Bearer ${this.key}`, 'content-type': 'application/json' },
			body: JSON.stringify(body),
		});
	}

	async ask(prompt: string | Part[], more: object = {}): Promise<Response> {
		const messages = [{ role: 'user', content: prompt }];
		return await this.post({ model: 'gpt-4o-image', stream: false, messages, ...more });
	}

	async answer(prompt: string | Part[], more: object = {}): Promise<GatewayAnswer> {
		return await json<GatewayAnswer>(await this.ask(prompt, more), 200);
	}

	/** The text of the first choice. */
	async text(prompt: string | Part[], more: object = {}): Promise<string> {
		const { choices } = await this.answer(prompt, more);
		return String(choices[0]?.message.content);
	}

	lastCall() {
		return this.sandbox.chat.calls(this.key).at(-1);
	}
}

/** Addresses of markdown images. */
export function markdownImages(text: string): string[] {
	return [...text.matchAll(/!\[[^\]]*\]\(([^)]+)\)/g)].map(([, url]) => String(url));
}

export function imagePart(url: string): Part {
	return { type: 'image_url', image_url: { url } };
}

export function textPart(text: string): Part {
	return { type: 'text', text };
}

export function bytesOf(dataUri: string | undefined): Buffer {
	const head = /^(data:image\/png;base64,|base64:\/\/)/.exec(String(dataUri))?.[0];
	if (head === undefined) throw new Error(`No data URI: ${String(dataUri).slice(0, 100)}`);
	return Buffer.from(String(dataUri).slice(head.length), 'base64');
}
