// A prediction as the protocol shows it, in the two dialects that the provider's own pages disagree on.
import type { Dialect } from './accounts';
import { errorBody } from './errors';
import type { CheckedCoreTodayFaults } from './faults';
import {
	type Prediction,
	type PredictionState,
	type PredictionStatus,
	stateOf,
} from './predictions';

export interface PredictionView {
	dialect: Dialect;
	/** The key's faults with the prediction's own on top. */
	faults: CheckedCoreTodayFaults;
	resultUrl: (prediction: Prediction, index: number) => string;
	publicUrl: (prediction: Prediction, index: number) => string;
}

const words: Record<Dialect, Record<PredictionStatus, string>> = {
	A: {
		waiting: 'pending',
		running: 'processing',
		succeeded: 'succeeded',
		failed: 'failed',
		cancelled: 'canceled',
	},
	B: {
		waiting: 'queued',
		running: 'processing',
		succeeded: 'completed',
		failed: 'failed',
		cancelled: 'cancelled',
	},
};

/** With a state of its own, shows the prediction as if it were in that state. */
export function predictionJson(
	prediction: Prediction,
	view: PredictionView,
	state: PredictionState = stateOf(prediction),
): Record<string, unknown> {
	const json = view.dialect === 'A' ? inDialectA : inDialectB;
	const { ending } = state;
	return {
		...json(prediction, view, state),
		...(ending?.problem !== undefined && errorBody(ending.problem, view.faults.errorShape)),
	};
}

function inDialectA(prediction: Prediction, view: PredictionView, state: PredictionState) {
	const { id, request, createdAt } = prediction;
	const { ending } = state;
	const isDone = ending?.status === 'succeeded';
	return {
		id,
		status: statusWord(state.status, view),
		model: request.model.id,
		input: request.input,
		created_at: new Date(createdAt).toISOString(),
		...(ending && { completed_at: new Date(ending.at).toISOString() }),
		...(isDone && {
			output: links(ending.imagesMade, prediction, view.resultUrl),
			metrics: metricsOf(ending.at - createdAt),
		}),
		...(isDone &&
			request.isPublic && {
				public_url: alone(links(ending.imagesMade, prediction, view.publicUrl)),
			}),
	};
}

function inDialectB(prediction: Prediction, view: PredictionView, state: PredictionState) {
	const { id, request } = prediction;
	const images = state.ending?.status === 'succeeded' ? state.ending.imagesMade : 0;
	const [model, ...providers] = request.model.id.split('/').reverse();
	return {
		job_id: id,
		status: statusWord(state.status, view),
		provider: providers.reverse().join('/') || null,
		model,
		result: alone(links(images, prediction, view.resultUrl)),
		public_url: alone(links(request.isPublic ? images : 0, prediction, view.publicUrl)),
	};
}

function statusWord(status: PredictionStatus, { dialect, faults }: PredictionView): string {
	if (status === 'failed' && faults.failedStatus) return faults.failedStatus;
	if (status === 'cancelled' && faults.cancelledStatus) return faults.cancelledStatus;
	return words[dialect][status];
}

function links(
	count: number,
	prediction: Prediction,
	urlOf: PredictionView['resultUrl'],
): string[] {
	return Array.from({ length: count }, (_none, index) => urlOf(prediction, index));
}

/** One link stands by itself; only a model that makes several has a list. */
function alone(urls: string[]): string | string[] | null {
	return urls.length > 1 ? urls : (urls[0] ?? null);
}

function metricsOf(milliseconds: number) {
	const queued = Math.round(milliseconds * 0.15);
	return {
		total_time: milliseconds / 1000,
		queue_time: queued / 1000,
		run_time: (milliseconds - queued) / 1000,
	};
}
