// The webhook endpoints of each key: where its events go and with which secret they are signed.
import { randomBytes } from 'node:crypto';
import { newSecret } from './signature';

export const eventTypes = [
	'response.completed',
	'response.failed',
	'response.cancelled',
	'response.incomplete',
	'batch.completed',
	'batch.failed',
	'batch.expired',
	'batch.cancelled',
] as const;

export type EventType = (typeof eventTypes)[number];

export interface WebhookEndpoint {
	id: string;
	key: string;
	name: string;
	url: string;
	eventTypes: EventType[];
	secret: string;
	/** Still valid for a day after a rotation, when that was asked for. */
	oldSecret?: { secret: string; until: number };
	/** Unix time in seconds. */
	createdAt: number;
	updatedAt: number;
}

export type EndpointSettings = Pick<WebhookEndpoint, 'name' | 'url' | 'eventTypes'>;

const HOURS_24 = 24 * 3_600_000;

export class WebhookEndpoints {
	private readonly endpoints = new Map<string, WebhookEndpoint>();

	add(key: string, settings: EndpointSettings): WebhookEndpoint {
		const createdAt = nowInSeconds();
		const endpoint = {
			...settings,
			id: `whe_${randomBytes(12).toString('hex')}`,
			key,
			secret: newSecret(),
			createdAt,
			updatedAt: createdAt,
		};
		this.endpoints.set(endpoint.id, endpoint);
		return endpoint;
	}

	ofKey(key: string, id: string): WebhookEndpoint | undefined {
		const endpoint = this.endpoints.get(id);
		return endpoint?.key === key ? endpoint : undefined;
	}

	/** Oldest first. */
	list(key?: string): WebhookEndpoint[] {
		const all = [...this.endpoints.values()];
		return key === undefined ? all : all.filter((endpoint) => endpoint.key === key);
	}

	update(endpoint: WebhookEndpoint, settings: Partial<EndpointSettings>): void {
		Object.assign(endpoint, settings, { updatedAt: nowInSeconds() });
	}

	rotate(endpoint: WebhookEndpoint, keepOld: boolean): void {
		endpoint.oldSecret = keepOld
			? { secret: endpoint.secret, until: Date.now() + HOURS_24 }
			: undefined;
		endpoint.secret = newSecret();
		endpoint.updatedAt = nowInSeconds();
	}

	remove({ id }: WebhookEndpoint): void {
		this.endpoints.delete(id);
	}
}

function nowInSeconds(): number {
	return Math.floor(Date.now() / 1000);
}

/** The secret itself is shown only once, after it was made. */
export function endpointJson(
	endpoint: WebhookEndpoint,
	showSecret = false,
): Record<string, unknown> {
	return {
		id: endpoint.id,
		object: 'webhook_endpoint',
		created_at: endpoint.createdAt,
		updated_at: endpoint.updatedAt,
		name: endpoint.name,
		url: endpoint.url,
		event_types: endpoint.eventTypes,
		signing_secret_hint: `whsec_...${endpoint.secret.slice(-5)}`,
		...(showSecret && { signing_secret: endpoint.secret }),
	};
}
