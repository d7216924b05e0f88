// What the sandbox remembers of a prediction, and what the prediction shows of itself.
import type { PixelSize } from '../drawing/sizes';
import type { CreateRequest, Webhook } from './create-request';
import type { CheckedCoreTodayFaults } from './faults';
import type { ReceivedFile } from './input-files';

/** The sandbox's own words; on the wire, each dialect has others. */
export type PredictionStatus = 'waiting' | 'running' | 'succeeded' | 'failed' | 'cancelled';

export interface Ending {
	status: 'succeeded' | 'failed' | 'cancelled';
	/** Milliseconds since 1970. */
	at: number;
	imagesMade: number;
	/** Why it failed. */
	problem?: string;
	linksExpireAt: number;
}

export interface Prediction {
	/** As the dialect writes it in which it was made. */
	id: string;
	key: string;
	/** Milliseconds since 1970. */
	createdAt: number;
	request: CreateRequest;
	/** The prompt without the directives for the sandbox. */
	drawnPrompt: string;
	/** What the prompt's directives ask for. */
	faults: CheckedCoreTodayFaults;
	size: PixelSize;
	files: ReceivedFile[];
	durationMs: number;
	/** Part of the links, which need no key. */
	linkSecret: string;
	creditsReserved: number;
	creditsCharged: number;
	ending?: Ending;
	callOffEnd: () => void;
}

/** A plain look at a prediction, for tests and for the control surface. */
export interface PredictionRecord {
	id: string;
	key: string;
	model: string;
	/** As it came, with links in the place of files. */
	input: Record<string, unknown>;
	status: PredictionStatus;
	outputFolder?: string;
	isPublic: boolean;
	webhookUrl?: string;
	webhookParameter?: Webhook['parameter'];
	webhookEvents?: Webhook['events'];
	files: ReceivedFile[];
	creditsReserved: number;
	creditsCharged: number;
	/** Seconds since 1970. */
	created: number;
}

const WAITING_SHARE = 0.15;

/** What a prediction shows of itself, or claims in a webhook that is not true. */
export interface PredictionState {
	status: PredictionStatus;
	ending?: Ending;
}

/** What every create call answers. */
export const stateAtFirst: PredictionState = { status: 'waiting' };

export function stateOf({ ending, durationMs, createdAt }: Prediction): PredictionState {
	if (ending) return { status: ending.status, ending };
	const isWaiting = Date.now() - createdAt < durationMs * WAITING_SHARE;
	return isWaiting ? stateAtFirst : { status: 'running' };
}

export function recordOf(prediction: Prediction): PredictionRecord {
	const { id, key, request, files, creditsReserved, creditsCharged, createdAt } = prediction;
	const { model, input, outputFolder, isPublic, webhook } = request;
	return {
		id,
		key,
		model: model.id,
		input,
		status: stateOf(prediction).status,
		...(outputFolder !== undefined && { outputFolder }),
		isPublic,
		...(webhook && { webhookUrl: webhook.url, webhookParameter: webhook.parameter }),
		...(webhook?.events && { webhookEvents: webhook.events }),
		files,
		creditsReserved,
		creditsCharged,
		created: Math.floor(createdAt / 1000),
	};
}
