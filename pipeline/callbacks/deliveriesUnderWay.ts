// Deliveries that n8n is making executions of. One that it fails to make is forgotten, so that it may come again.
import { forgetSeen } from './seenDeliveries';

/** What n8n answers to a delivery. Its caller may have gone: then nothing is sent, but the rest is the same. */
export interface WebhookAnswer {
	readonly writableEnded: boolean;
	readonly statusCode: number;
}

/** By trigger and delivery. */
const underWay = new Map<string, Map<string, WebhookAnswer>>();

export function beginDelivery(trigger: string, delivery: string, answer: WebhookAnswer): void {
	const ofTrigger = underWay.get(trigger) ?? new Map<string, WebhookAnswer>();
	underWay.set(trigger, ofTrigger.set(delivery, answer));
}

/** Whether n8n hasn't answered it yet. */
export function isUnderWay(trigger: string, delivery: string): boolean {
	settle(trigger);
	return underWay.get(trigger)?.has(delivery) === true;
}

function settle(trigger: string): void {
	const ofTrigger = underWay.get(trigger) ?? [];
	for (const [delivery, { writableEnded, statusCode }] of [...ofTrigger]) {
		if (!writableEnded) continue;
		underWay.get(trigger)?.delete(delivery);
		if (statusCode >= 400) forgetSeen(trigger, delivery);
	}
	if (underWay.get(trigger)?.size === 0) underWay.delete(trigger);
}
