// What the sandbox remembers of a request to fal, and what it shows of itself.
import type { Answer } from '../http/answer';
import type { Model } from './catalogue/model';
import type { CheckedFalFaults } from './faults';
import type { ReceivedImage } from './input-images';
import type { Job } from './job';

export interface Ending {
	status: 'succeeded' | 'failed' | 'cancelled';
	/** Milliseconds since 1970. */
	at: number;
	/** What reading the result answers. */
	answer: Answer;
	/** What the status says of a failure. */
	error?: string;
	errorType?: string;
	imagesMade: number;
	units: number;
	/** Dollars. */
	cost: number;
	resultExpiresAt: number;
	/** The pictures are in the answer itself, which is too much for a webhook. */
	isInline?: boolean;
	/** The app has no such path: there is no answer that a webhook could show. */
	isMissingPath?: boolean;
}

export interface Task {
	id: string;
	key: string;
	endpoint: string;
	app: string;
	/** Undefined: the app has no such path, which it says when it runs. */
	model?: Model;
	/** As it came. */
	input: unknown;
	drawnPrompt: string;
	/** What the prompt's directives ask for. */
	faults: CheckedFalFaults;
	webhookUrl?: string;
	/** Answered at once, past the queue. */
	isDirect: boolean;
	/** Milliseconds since 1970. */
	createdAt: number;
	durationMs: number;
	/** Waits in the queue until it has one of its key's places. */
	hasPlace: boolean;
	/** Milliseconds since 1970: since then it is being made. */
	startedAt?: number;
	/** Part of the links, which need no key. */
	linkSecret: string;
	/** Seconds that the made files live, if the caller has said so. */
	fileSeconds?: number;
	/** What is to be drawn, once the input was checked. */
	job?: Job;
	images: ReceivedImage[];
	ending?: Ending;
	callOff: () => void;
	/** Called when it has started, and when it has ended. */
	listeners: Set<() => void>;
}

export type TaskStatus = 'waiting' | 'running' | Ending['status'];

/** A plain look at a task, for tests and for the control surface. */
export interface TaskRecord {
	id: string;
	key: string;
	app: string;
	endpoint: string;
	input: unknown;
	status: TaskStatus;
	isDirect: boolean;
	webhookUrl?: string;
	images: ReceivedImage[];
	imagesMade: number;
	units: number;
	/** Dollars. */
	cost: number;
	/** Seconds since 1970. */
	created: number;
}

function statusOf({ ending, startedAt }: Task): TaskStatus {
	return ending?.status ?? (startedAt === undefined ? 'waiting' : 'running');
}

export async function nextChange({ listeners }: Task): Promise<void> {
	await new Promise<void>((resolve) => {
		const listener = () => {
			listeners.delete(listener);
			resolve();
		};
		listeners.add(listener);
	});
}

export function recordOf(task: Task): TaskRecord {
	const { id, key, app, endpoint, input, isDirect, webhookUrl, images, ending, createdAt } = task;
	return {
		id,
		key,
		app,
		endpoint,
		input,
		status: statusOf(task),
		isDirect,
		...(webhookUrl !== undefined && { webhookUrl }),
		images,
		imagesMade: ending?.imagesMade ?? 0,
		units: ending?.units ?? 0,
		cost: ending?.cost ?? 0,
		created: Math.floor(createdAt / 1000),
	};
}
