// Sends signed events to the endpoints that want them: once, or what the faults make of it.
import { randomBytes } from 'node:crypto';
import {
	type Callback,
	CallbackSender,
	type DeliveryRecord,
} from '../../callbacks/callback-sender';
import { forgeCallback } from '../../callbacks/forgeries';
import type { Lifetime } from '../../lifetime';
import type { CheckedOpenAIFaults } from '../faults';
import type { EventType, WebhookEndpoint, WebhookEndpoints } from './endpoints';
import { newSecret, signatureOf } from './signature';

/** OpenAI tries for days; the sandbox's patience is shorter. */
const timing = {
	timeoutMs: 10_000,
	retryDelaysMs: [1_000, 2_000, 4_000, 8_000, 16_000, 32_000],
};
/** Verifiers take five minutes. */
const STALE_SECONDS = 301;

type Signature = CheckedOpenAIFaults['signature'];
type Event = Record<string, unknown>;

const opposites: Record<string, EventType> = {
	'response.completed': 'response.failed',
	'batch.completed': 'batch.failed',
};

export class WebhookEvents {
	private readonly sender: CallbackSender;

	constructor(
		private readonly endpoints: WebhookEndpoints,
		lifetime: Lifetime,
	) {
		this.sender = new CallbackSender(lifetime, timing);
	}

	/** Every try whose outcome is known. */
	get deliveries(): DeliveryRecord[] {
		return this.sender.deliveries;
	}

	/** `id` is that of the response or the batch. */
	send(key: string, type: EventType, id: string, faults: CheckedOpenAIFaults): void {
		const callback = faults.callback ?? {};
		if (callback.lose) return;
		const wanted = this.endpoints
			.list(key)
			.filter((endpoint) => endpoint.eventTypes.includes(type));
		for (const endpoint of wanted) {
			const delivery = this.delivery(endpoint, eventOf(type, id), faults);
			for (let repeat = 0; repeat <= (callback.repeat ?? 0); repeat++) this.sender.send(delivery);
		}
	}

	/** All repeats of a delivery carry the same webhook-id: that is how a receiver knows them. */
	private delivery(endpoint: WebhookEndpoint, event: Event, faults: CheckedOpenAIFaults): Callback {
		const { callback = {}, signature } = faults;
		const type = String(event.type);
		const { id } = event.data as { id: string };
		const genuine: Callback = {
			taskId: id,
			url: endpoint.url,
			body: JSON.stringify(event),
			delayMs: callback.delayMs,
		};
		const sent = callback.forge
			? forgeCallback(callback.forge, genuine, {
					honest: event,
					wrongStatus: { ...event, type: opposites[type] ?? type.replace(/\.\w+$/, '.completed') },
					unknownTask: { ...event, data: { id: `${id.replace(/_.*/, '_')}${'0'.repeat(32)}` } },
				})
			: genuine;
		const messageId = `wh_${randomBytes(16).toString('hex')}`;
		return { ...sent, headers: () => signedHeaders(endpoint, messageId, sent.body, signature) };
	}
}

function eventOf(type: EventType, id: string): Event {
	return {
		id: `evt_${randomBytes(16).toString('hex')}`,
		object: 'event',
		created_at: Math.floor(Date.now() / 1000),
		type,
		data: { id },
	};
}

function signedHeaders(
	{ secret, oldSecret }: WebhookEndpoint,
	id: string,
	body: string,
	wrong: Signature,
): Record<string, string> {
	const now = Math.floor(Date.now() / 1000);
	const timestamp = wrong === 'stale' ? now - STALE_SECONDS : now;
	const signedBody = wrong === 'changedBody' ? `${body} ` : body;
	const secrets = wrong === 'wrongSecret' ? [newSecret()] : [secret];
	if (wrong === 'rotated') secrets.unshift(newSecret());
	if (oldSecret && oldSecret.until > Date.now()) secrets.push(oldSecret.secret);
	const signatures = secrets.map((one) => signatureOf(one, id, timestamp, signedBody));
	return {
		'webhook-id': id,
		'webhook-timestamp': String(timestamp),
		...(wrong !== 'missing' && { 'webhook-signature': signatures.join(' ') }),
	};
}
