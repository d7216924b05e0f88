// Tells one address of every change of a deal, sometimes twice, as webhooks do that promise "at least once".
import { randomBytes } from 'node:crypto';
import { CallbackSender, type DeliveryRecord } from '../../callbacks/callback-sender';
import { callbackUrlProblem } from '../../callbacks/callback-url';
import type { Lifetime } from '../../lifetime';
import { StreetError } from '../endpoint';

/** Which events are delivered twice. */
export const REPEATS = ['every third', 'always', 'never'] as const;
export type Repeats = (typeof REPEATS)[number];

const SECOND_AFTER_MS = 700;

export class Webhook {
	url: string | undefined;

	repeats: Repeats = 'every third';

	private events = 0;

	private readonly sender: CallbackSender;

	constructor(lifetime: Lifetime) {
		this.sender = new CallbackSender(lifetime);
	}

	get deliveries(): readonly DeliveryRecord[] {
		return this.sender.deliveries;
	}

	/** An empty address switches it off. */
	set({ url, repeats }: { url?: string; repeats?: string }): void {
		const known = REPEATS.find((each) => each === (repeats ?? this.repeats));
		if (!known) {
			const message = `"twice" is one of: ${REPEATS.join(', ')}.`;
			throw new StreetError(400, 'unknown_value', message, 'twice');
		}
		const address = url?.trim();
		const problem = address && callbackUrlProblem(address);
		if (problem) {
			const message = `The webhook’s address can’t be used: ${problem}.`;
			throw new StreetError(400, 'bad_url', message, 'url');
		}
		this.repeats = known;
		if (address !== undefined) this.url = address === '' ? undefined : address;
	}

	send(dealId: string, content: Record<string, unknown>): void {
		const { url } = this;
		if (url === undefined) return;
		this.events++;
		const eventId = `evt_${randomBytes(8).toString('hex')}`;
		const body = JSON.stringify({ event_id: eventId, event: 'deal.updated', ...content });
		const headers = (): Record<string, string> => ({ 'x-event-id': eventId });
		const delivery = { taskId: dealId, url, body, headers };
		this.sender.send(delivery);
		const isTwice =
			this.repeats === 'always' || (this.repeats === 'every third' && this.events % 3 === 0);
		if (isTwice) this.sender.send({ ...delivery, delayMs: SECOND_AFTER_MS });
	}
}
