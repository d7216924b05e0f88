// Delivers callbacks: usually ten seconds for an answer, 2xx is success, otherwise three more tries after 1, 2 and 4 seconds.
import { request } from 'undici';
import type { Lifetime } from '../lifetime';

export interface DeliveryRecord {
	taskId: string;
	url: string;
	/** 1 for the first try. */
	attempt: number;
	/** Absent when no answer came. */
	status?: number;
	error?: string;
	/** ISO time at which the try began. */
	at: string;
	/** ISO time of the answer. */
	answeredAt?: string;
	/** Those that the provider adds, such as a signature. */
	headers: Record<string, string>;
	body: string;
}

export interface Callback {
	taskId: string;
	url: string;
	body: string;
	delayMs?: number;
	/** Made anew for every try, since a signature holds a time. */
	headers?: () => Record<string, string>;
}

export interface CallbackTiming {
	timeoutMs: number;
	/** For every try but the first, where it is another one. */
	retryTimeoutMs?: number;
	retryDelaysMs: readonly number[];
	/** An answer with such a status is not worth another try. */
	isFinal?: (status: number) => boolean;
}

const statedTiming: CallbackTiming = { timeoutMs: 10_000, retryDelaysMs: [1_000, 2_000, 4_000] };

/** Longer bodies are cut in the records, not in the delivery. */
const RECORDED_BODY_LIMIT = 65_536;
const RECORD_LIMIT = 5_000;

export class CallbackSender {
	readonly deliveries: DeliveryRecord[] = [];

	constructor(
		private readonly lifetime: Lifetime,
		private readonly timing: CallbackTiming = statedTiming,
	) {}

	/** Returns at once; the delivery and its retries go on until done or until the sandbox ends. */
	send(callback: Callback): void {
		this.lifetime.after(callback.delayMs ?? 0, () => void this.attempt(callback, 1));
	}

	/** Keeps on record that a callback can't be delivered, and why. */
	refuse({ taskId, url, body, headers }: Callback, error: string): void {
		const at = new Date().toISOString();
		const shown = body.slice(0, RECORDED_BODY_LIMIT);
		this.keep({ taskId, url, attempt: 1, at, headers: headers?.() ?? {}, body: shown, error });
	}

	private async attempt(callback: Callback, attempt: number): Promise<void> {
		const record: DeliveryRecord = {
			taskId: callback.taskId,
			url: callback.url,
			attempt,
			at: new Date().toISOString(),
			headers: callback.headers?.() ?? {},
			body: callback.body.slice(0, RECORDED_BODY_LIMIT),
		};
		try {
			const { timeoutMs, retryTimeoutMs = timeoutMs } = this.timing;
			const signal = AbortSignal.any([
				this.lifetime.signal,
				AbortSignal.timeout(attempt === 1 ? timeoutMs : retryTimeoutMs),
			]);
			const answer = await request(callback.url, {
				method: 'POST',
				headers: {
					'content-type': 'application/json',
					'user-agent': 'provider-sandbox',
					...record.headers,
				},
				body: callback.body,
				dispatcher: this.lifetime.agent,
				signal,
			});
			record.status = answer.statusCode;
			record.answeredAt = new Date().toISOString();
			await answer.body.dump();
		} catch (error) {
			if (this.lifetime.signal.aborted) return;
			record.error ??= error instanceof Error ? error.message || error.name : String(error);
		}
		this.keep(record);
		if (record.status !== undefined && record.status >= 200 && record.status < 300) return;
		if (record.status !== undefined && this.timing.isFinal?.(record.status)) return;
		const retryDelay = this.timing.retryDelaysMs[attempt - 1];
		if (retryDelay === undefined) return;
		this.lifetime.after(retryDelay, () => void this.attempt(callback, attempt + 1));
	}

	private keep(record: DeliveryRecord): void {
		this.deliveries.push(record);
		if (this.deliveries.length > RECORD_LIMIT) this.deliveries.shift();
	}
}
