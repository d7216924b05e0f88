// What the sandbox remembers of a response from its creation to its end.
import type { SeenPicture } from '../chat/colours';
import type { CheckedOpenAIFaults } from '../faults';
import type { MadeImages } from '../images/maker';
import type { ResponseErrorCode } from './error-codes';
import type { ResponseRequest } from './request';

export type ResponseStatus =
	| 'queued'
	| 'in_progress'
	| 'completed'
	| 'failed'
	| 'cancelled'
	| 'incomplete';

export interface Ending {
	status: Exclude<ResponseStatus, 'queued' | 'in_progress'>;
	at: number;
	/** Of the response itself. */
	error?: { code: ResponseErrorCode; message: string };
	/** Of the image call, with moderation details. */
	callError?: Record<string, unknown>;
}

/** What came of it. */
export interface Yield {
	made?: MadeImages;
	text?: string;
	/** The text is a refusal, in a part of its own. */
	isRefusal?: boolean;
	pictures?: SeenPicture[];
	inputTokens: number;
	outputTokens: number;
}

export interface ResponseTask {
	id: string;
	/** Of the image_generation_call or the message in the output. */
	itemId: string;
	key: string;
	createdAt: number;
	request: ResponseRequest;
	promptFaults: CheckedOpenAIFaults;
	durationMs: number;
	/** Told when images have been made, for the records. */
	whenMade: (made: MadeImages) => void;
	ending?: Ending;
	result?: Yield;
	/** Settles when the result is there and the key is charged. */
	finished?: Promise<void>;
	/** Resolves when it has ended or is deleted. */
	ended: Promise<void>;
	tellEnded: () => void;
	callOffEnd: () => void;
}

export interface ResponseRecord {
	id: string;
	key: string;
	model: string;
	/** Of the image tool. */
	imageModel?: string;
	prompt: string;
	background: boolean;
	status: ResponseStatus;
	/** Unix time in seconds. */
	created: number;
}

/** The share of its time in which a response is queued. */
const QUEUED_SHARE = 0.2;

/** The first picture of an earlier image call, by the call's id. */
export function pictureOf(itemId: string, earlier: ResponseTask[]): Buffer | undefined {
	return earlier.find((task) => task.itemId === itemId)?.result?.made?.images[0];
}

/** Of a response that there is, also of one that is just being drawn. */
export async function picturesOf(task: ResponseTask | undefined): Promise<Buffer[] | undefined> {
	await task?.finished;
	return task && (task.result?.made?.images ?? []);
}

export function statusOf(task: ResponseTask): ResponseStatus {
	if (task.ending) return task.ending.status;
	return hasBegun(task) ? 'in_progress' : 'queued';
}

/** Whether it is no longer queued. */
export function hasBegun(task: ResponseTask): boolean {
	return msUntilBegun(task) <= 0;
}

export function msUntilBegun({ createdAt, durationMs }: ResponseTask): number {
	return createdAt + durationMs * QUEUED_SHARE - Date.now();
}

export function recordOf(task: ResponseTask): ResponseRecord {
	const { model, image, input, background } = task.request;
	return {
		id: task.id,
		key: task.key,
		model,
		...(image && { imageModel: image.job.model }),
		prompt: input.lastUserText,
		background,
		status: statusOf(task),
		created: Math.floor(task.createdAt / 1000),
	};
}
