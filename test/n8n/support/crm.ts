// The sandbox's CRM as a test of a workflow uses it: its webhook and its deals.
import type { Sandbox } from '../../../sandbox';
import { publish, served } from './n8n';
import { settings } from './settings';

const HEADERS = {
	authorization: 'Bearer sandbox-crm-token',
	'content-type': 'application/json',
};

export interface Deal {
	id: string;
	title: string;
	stage: string;
	scene: string;
	photo_url: string;
	url: string;
	files: Array<{ name: string; url: string }>;
	notes: Array<{ text: string }>;
}

export class Crm {
	constructor(private readonly sandbox: Sandbox) {}

	async deal(id: string): Promise<Deal> {
		return await this.send('GET', `/deals/${id}`);
	}

	async change(id: string, changes: Partial<Deal>): Promise<Deal> {
		return await this.send('PATCH', `/deals/${id}`, changes);
	}

	async tellWebhook(url: string, twice: 'always' | 'never'): Promise<void> {
		await this.send('PUT', '/webhook', { url, twice });
	}

	private async send<Answer>(method: string, path: string, body?: object): Promise<Answer> {
		const response = await fetch(`${this.sandbox.street.crmUrl}/v1${path}`, {
			method,
			headers: HEADERS,
			body: body && JSON.stringify(body),
		});
		if (!response.ok) throw new Error(`${method} ${path}: ${await response.text()}`);
		return (await response.json()) as Answer;
	}
}

/** Publishes a workflow with a webhook, and answers the webhook's address when n8n listens there. */
export async function listening(workflowId: string, path: string): Promise<string> {
	await publish(workflowId);
	const url = `${settings.url}/webhook/${path}`;
	await served(async () => await post(url, {}));
	return url;
}

export async function post(url: string, body: object): Promise<Response> {
	const headers = { 'content-type': 'application/json' };
	return await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
}
