// Takes a batch through its statuses: validating, in progress, finalizing, and one of four ends.
import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Lifetime } from '../../lifetime';
import type { TaskStore } from '../../task-store';
import type { Account } from '../accounts/accounts';
import type { ApiFile, ApiFiles } from '../files/api-files';
import { isObject, type Values } from '../fields';
import type { EventType } from '../webhooks/endpoints';
import type { WebhookEvents } from '../webhooks/events';
import { type Batch, type BatchStatus, finalStatuses, reach } from './batches';
import { type BatchEndpoint, readBatchInput } from './input-file';
import { type LineParts, runLine } from './run-line';

/** The shares of its time that a batch spends validating, at work, and finalizing. */
const shares = { validating: 0.2, inProgress: 0.6, finalizing: 0.2 };
/** Timers can't count much further. */
const NEVER_MS = 2_000_000_000;

export interface NewBatch {
	endpoint: BatchEndpoint;
	file: ApiFile;
	metadata: Values | null;
}

interface BatchLifeParts extends LineParts {
	paceSeconds: number;
	lifetime: Lifetime;
	batches: TaskStore<Batch>;
	files: ApiFiles;
	events: WebhookEvents;
}

export class BatchLife {
	constructor(private readonly parts: BatchLifeParts) {}

	create(account: Account, { endpoint, file, metadata }: NewBatch): Batch {
		const hurried = new AbortController();
		const batch: Batch = {
			id: `batch_${randomBytes(16).toString('hex')}`,
			key: account.key,
			endpoint,
			inputFileId: file.id,
			metadata,
			status: 'validating',
			reached: {},
			createdAt: Math.floor(Date.now() / 1000),
			lines: [],
			problems: [],
			completed: 0,
			failed: 0,
			inputTokens: 0,
			outputTokens: 0,
			durationMs: (account.faults.seconds ?? this.parts.paceSeconds) * 1000,
			hurry: () => {
				batch.isHurried = true;
				hurried.abort();
			},
			isHurried: false,
			ended: Promise.resolve(),
		};
		this.parts.batches.add(batch);
		// The sandbox ending in the middle of a batch is no failure.
		batch.ended = this.run(batch, account, file, hurried.signal).catch(() => undefined);
		return batch;
	}

	/** Lines that are done stay done; the batch ends as soon as the line under way is. */
	cancel(batch: Batch): void {
		if (finalStatuses.includes(batch.status) || batch.status === 'cancelling') return;
		reach(batch, 'cancelling');
		batch.hurry();
	}

	private async run(batch: Batch, account: Account, file: ApiFile, hurry: AbortSignal) {
		const wait = async (share: number) => await this.wait(batch.durationMs * share, hurry);
		await wait(shares.validating);
		const input = readBatchInput(file.bytes, batch.endpoint);
		batch.problems = input.problems;
		batch.lines = input.problems.length > 0 ? [] : input.lines;
		batch.model = input.model;
		if (batch.problems.length > 0) return this.end(batch, account, 'failed');
		if (isCancelling(batch)) return this.end(batch, account, 'cancelled');
		reach(batch, 'in_progress');
		await wait(account.faults.never ? NEVER_MS : shares.inProgress);
		const outputs = await this.runLines(batch, account);
		if (!isCancelling(batch)) reach(batch, 'finalizing');
		await wait(shares.finalizing);
		this.writeFiles(batch, outputs);
		const { expire, cancel, fail } = account.faults;
		if (isCancelling(batch) || cancel) return this.end(batch, account, 'cancelled');
		if (fail !== undefined) {
			batch.problems = [{ code: fail, message: 'The batch failed.', line: null, param: null }];
			return this.end(batch, account, 'failed');
		}
		return this.end(batch, account, expire ? 'expired' : 'completed');
	}

	private async wait(milliseconds: number, hurry: AbortSignal): Promise<void> {
		const ends = this.parts.lifetime.signal;
		try {
			const signal = AbortSignal.any([hurry, ends]);
			await sleep(Math.min(milliseconds, NEVER_MS), undefined, { signal });
		} catch (error) {
			// Hurrying only cuts the waiting short; the sandbox's end stops everything.
			if (ends.aborted) throw error;
		}
	}

	private async runLines(batch: Batch, account: Account) {
		const outputs: Array<{ ok: boolean; text: string }> = [];
		const { expire, runs = batch.lines.length } = account.faults;
		for (const { customId, body } of batch.lines.slice(0, runs)) {
			if (isCancelling(batch) || this.parts.lifetime.signal.aborted) break;
			const answer = await runLine(batch.endpoint, body, account, this.parts);
			const ok = answer.status < 300;
			if (ok) batch.completed += 1;
			else batch.failed += 1;
			countTokens(batch, answer.body.usage);
			const line = {
				id: `batch_req_${randomBytes(12).toString('hex')}`,
				custom_id: customId,
				response: {
					status_code: answer.status,
					request_id: `req_${randomBytes(16).toString('hex')}`,
					body: answer.body,
				},
				error: null,
			};
			outputs.push({ ok, text: JSON.stringify(line) });
		}
		if (expire) outputs.push(...batch.lines.slice(outputs.length).map(expiredLine));
		return outputs;
	}

	private writeFiles(batch: Batch, outputs: Array<{ ok: boolean; text: string }>): void {
		const write = (kind: string, wanted: boolean): string | undefined => {
			const lines = outputs.filter(({ ok }) => ok === wanted);
			if (lines.length === 0) return undefined;
			const bytes = Buffer.from(lines.map(({ text }) => `${text}\n`).join(''));
			const name = `${batch.id}_${kind}.jsonl`;
			return this.parts.files.add({ key: batch.key, name, purpose: 'batch_output', bytes }).id;
		};
		batch.outputFileId = write('output', true);
		batch.errorFileId = write('error', false);
	}

	private end(batch: Batch, account: Account, status: BatchStatus): void {
		// The lines may hold pictures, and after the end only their ids are of interest.
		batch.lines = batch.lines.map(({ customId }) => ({ customId, body: {} }));
		reach(batch, status);
		this.parts.events.send(batch.key, `batch.${status}` as EventType, batch.id, account.faults);
	}
}

/** Of a line that was never run, as OpenAI's guide to batches has it. */
function expiredLine({ customId }: Batch['lines'][number]): { ok: boolean; text: string } {
	const line = {
		id: `batch_req_${randomBytes(12).toString('hex')}`,
		custom_id: customId,
		response: null,
		error: {
			code: 'batch_expired',
			message: 'This request could not be executed before the completion window expired.',
		},
	};
	return { ok: false, text: JSON.stringify(line) };
}

function isCancelling({ status }: Batch): boolean {
	return status === 'cancelling';
}

function countTokens(batch: Batch, usage: unknown): void {
	if (!isObject(usage)) return;
	batch.inputTokens += Number(usage.input_tokens ?? usage.prompt_tokens ?? 0);
	batch.outputTokens += Number(usage.output_tokens ?? usage.completion_tokens ?? 0);
}
