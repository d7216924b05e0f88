// What the sandbox remembers of a task, and what the task shows of itself.
import type { CheckedFaults } from '../faults/faults';
import type { PixelSize } from '../drawing/sizes';
import type { TaskRequest } from './orders';
import type { Medium } from './task-request';

export type TaskStatus = 'pending' | 'processing' | 'completed' | 'failed' | 'cancelled';

export interface Ending {
	status: 'completed' | 'failed' | 'cancelled';
	/** Milliseconds since 1970. */
	at: number;
	/** How many results there are. */
	made: number;
	error?: { code: string; message: string; suggestion?: string };
	linksExpireAt: number;
}

export interface Task {
	id: string;
	key: string;
	/** Milliseconds since 1970. */
	createdAt: number;
	request: TaskRequest;
	/** The prompt without the directives for the sandbox. */
	drawnPrompt: string;
	/** What the prompt's directives ask for. */
	faults: CheckedFaults;
	/** Undefined: nothing of it can be seen. */
	size?: PixelSize;
	idempotencyKey?: string;
	durationMs: number;
	/** Part of the result links, which need no key. */
	linkSecret: string;
	creditsReserved: number;
	creditsCharged: number;
	ending?: Ending;
	callOffEnd: () => void;
}

/** A plain look at a task, for tests and for the control surface. */
export interface TaskRecord {
	id: string;
	key: string;
	type: Medium;
	model: string;
	prompt: string;
	status: TaskStatus;
	n: number;
	/** Absent: nothing of it can be seen. */
	size?: string;
	imageUrls: string[];
	maskUrl?: string;
	callbackUrl?: string;
	idempotencyKey?: string;
	creditsReserved: number;
	creditsCharged: number;
	/** Seconds since 1970. */
	created: number;
	/** Milliseconds since 1970, once it has ended. */
	endedAt?: number;
}

const PENDING_SHARE = 0.15;

/** What a task shows of itself, or claims in a callback that is not true. */
export interface TaskState {
	status: TaskStatus;
	/** 0 to 100. */
	progress: number;
	ending?: Ending;
}

/** What every create call answers. */
export const stateAtFirst: TaskState = { status: 'pending', progress: 0 };

export function stateOf(task: Task): TaskState {
	if (task.ending) return endedState(task.ending);
	const share = task.durationMs === 0 ? 1 : (Date.now() - task.createdAt) / task.durationMs;
	if (share < PENDING_SHARE) return stateAtFirst;
	return { status: 'processing', progress: Math.min(99, Math.floor(share * 100)) };
}

export function endedState(ending: Ending): TaskState {
	return { status: ending.status, progress: ending.status === 'completed' ? 100 : 0, ending };
}

export function recordOf(task: Task): TaskRecord {
	const { request } = task;
	return {
		id: task.id,
		key: task.key,
		type: request.medium,
		model: request.model.id,
		prompt: request.prompt,
		status: stateOf(task).status,
		n: request.n,
		...(task.size && { size: `${task.size.width}x${task.size.height}` }),
		imageUrls: request.imageUrls,
		...('maskUrl' in request && request.maskUrl !== undefined && { maskUrl: request.maskUrl }),
		...(request.callbackUrl !== undefined && { callbackUrl: request.callbackUrl }),
		...(task.idempotencyKey !== undefined && { idempotencyKey: task.idempotencyKey }),
		creditsReserved: task.creditsReserved,
		creditsCharged: task.creditsCharged,
		created: Math.floor(task.createdAt / 1000),
		...(task.ending && { endedAt: task.ending.at }),
	};
}
