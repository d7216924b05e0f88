// Webhook deliveries by hand, signed as OpenAI signs them, for the tests of the OpenAI Images Trigger.
import { randomUUID } from 'node:crypto';

import { signatureOf } from '../../../sandbox/openai/webhooks/signature';
import { onTask, startTask } from './ordering';
import type { Bench } from './setup';

export interface Delivery {
	/** Repeats of a delivery carry the same one. */
	id?: string;
	/** Seconds since 1970. */
	timestamp?: number;
	/** The secrets that it is signed with; none leaves the signature out. */
	secrets: string[];
	/** What arrives, where it isn't what was signed. */
	arrives?: string;
	/** Signatures of other kinds before the right ones. */
	before?: string[];
}

export function eventBody(type: string, id: string): string {
	return JSON.stringify({
		id: `evt_${randomUUID()}`,
		object: 'event',
		created_at: Math.floor(Date.now() / 1000),
		type,
		data: { id },
	});
}

/** Delivers an event's body, and answers what the trigger said. */
export async function deliver(
	url: string,
	body: string,
	{ id = `wh_${randomUUID()}`, timestamp = nowInSeconds(), secrets, arrives, before }: Delivery,
): Promise<{ status: number; message: string }> {
	const signatures = [
		...(before ?? []),
		...secrets.map((secret) => signatureOf(secret, id, timestamp, body)),
	];
	const answer = await fetch(url, {
		method: 'POST',
		headers: {
			'content-type': 'application/json',
			'webhook-id': id,
			'webhook-timestamp': String(timestamp),
			...(signatures.length > 0 && { 'webhook-signature': signatures.join(' ') }),
		},
		body: arrives ?? body,
	});
	const { message } = (await answer.json()) as { message: string };
	return { status: answer.status, message };
}

export function nowInSeconds(): number {
	return Math.floor(Date.now() / 1000);
}

/** A task that has ended, of which no webhook has told. */
export async function finishedTask(bench: Bench, key: string, prompt = 'A boat'): Promise<string> {
	const { id } = await startTask(
		bench,
		`${prompt} [sandbox: callback=lose, seconds=60]`,
		{},
		{ key },
	);
	bench.sandbox.openai.finishResponse(id);
	// Looking at it waits until its picture is drawn.
	await onTask(bench, 'get', key, id);
	return id;
}
