// What the sandbox remembers of a batch from its creation to its end, and its form in answers.
import type { Values } from '../fields';
import type { BatchEndpoint, BatchLine, BatchProblem } from './input-file';

export type BatchStatus =
	| 'validating'
	| 'failed'
	| 'in_progress'
	| 'finalizing'
	| 'completed'
	| 'expired'
	| 'cancelling'
	| 'cancelled';

export const finalStatuses: readonly BatchStatus[] = [
	'failed',
	'completed',
	'expired',
	'cancelled',
];

export interface Batch {
	id: string;
	key: string;
	endpoint: BatchEndpoint;
	inputFileId: string;
	metadata: Values | null;
	status: BatchStatus;
	/** When each status was reached; Unix time in seconds. */
	reached: Partial<Record<BatchStatus, number>>;
	createdAt: number;
	lines: BatchLine[];
	model?: string;
	problems: BatchProblem[];
	completed: number;
	failed: number;
	inputTokens: number;
	outputTokens: number;
	outputFileId?: string;
	errorFileId?: string;
	durationMs: number;
	/** Cuts the waiting short. */
	hurry: () => void;
	/** Settles when the batch has ended. */
	ended: Promise<void>;
	/** Somebody wants to see the end: looking at the batch waits for it. */
	isHurried: boolean;
}

export interface BatchRecord {
	id: string;
	key: string;
	endpoint: BatchEndpoint;
	status: BatchStatus;
	model?: string;
	customIds: string[];
	completed: number;
	failed: number;
}

const HOURS_24 = 24 * 3600;

export function reach(batch: Batch, status: BatchStatus): void {
	batch.status = status;
	batch.reached[status] = Math.floor(Date.now() / 1000);
}

export function batchJson(batch: Batch): Values {
	const { reached } = batch;
	const at = (status: BatchStatus) => reached[status] ?? null;
	return {
		id: batch.id,
		object: 'batch',
		endpoint: batch.endpoint,
		...(batch.model !== undefined && { model: batch.model }),
		errors: batch.problems.length > 0 ? { object: 'list', data: batch.problems } : null,
		input_file_id: batch.inputFileId,
		completion_window: '24h',
		status: batch.status,
		output_file_id: batch.outputFileId ?? null,
		error_file_id: batch.errorFileId ?? null,
		created_at: batch.createdAt,
		in_progress_at: at('in_progress'),
		expires_at: batch.createdAt + HOURS_24,
		finalizing_at: at('finalizing'),
		completed_at: at('completed'),
		failed_at: at('failed'),
		expired_at: at('expired'),
		cancelling_at: at('cancelling'),
		cancelled_at: at('cancelled'),
		request_counts: {
			total: batch.lines.length,
			completed: batch.completed,
			failed: batch.failed,
		},
		usage: {
			input_tokens: batch.inputTokens,
			input_tokens_details: { cached_tokens: 0 },
			output_tokens: batch.outputTokens,
			output_tokens_details: { reasoning_tokens: 0 },
			total_tokens: batch.inputTokens + batch.outputTokens,
		},
		metadata: batch.metadata,
	};
}

export function recordOf(batch: Batch): BatchRecord {
	const { id, key, endpoint, status, model, lines, completed, failed } = batch;
	const customIds = lines.map(({ customId }) => customId);
	return {
		id,
		key,
		endpoint,
		status,
		...(model !== undefined && { model }),
		customIds,
		completed,
		failed,
	};
}
