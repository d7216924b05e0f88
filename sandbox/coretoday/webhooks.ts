// Sends a prediction's webhook: the genuine one, or what its faults make of it. It is not signed.
import type { Callback, CallbackSender } from '../callbacks/callback-sender';
import { forgeCallback } from '../callbacks/forgeries';
import { type PredictionView, predictionJson } from './prediction-json';
import type { Ending, Prediction } from './predictions';

const eventOf = { succeeded: 'completed', failed: 'failed', cancelled: undefined } as const;

/** To be called when the prediction has ended and is paid. */
export function sendWebhook(
	prediction: Prediction,
	callbacks: CallbackSender,
	view: PredictionView,
): void {
	const { ending, request } = prediction;
	const faults = view.faults.callback ?? {};
	if (!request.webhook || !ending || faults.lose) return;
	const { url, events } = request.webhook;
	if (events?.every((event) => event !== eventOf[ending.status])) return;
	const json = predictionJson(prediction, view);
	const genuine: Callback = {
		taskId: prediction.id,
		url,
		body: JSON.stringify(json),
		delayMs: faults.delayMs,
	};
	const callback = faults.forge
		? forgeCallback(faults.forge, genuine, {
				honest: json,
				wrongStatus: claim(prediction, view, oppositeEnding(prediction)),
				unknownTask: { ...json, ...(view.dialect === 'A' ? { id: UNKNOWN } : { job_id: UNKNOWN }) },
			})
		: genuine;
	for (let delivery = 0; delivery <= (faults.repeat ?? 0); delivery++) callbacks.send(callback);
}

/** Claims the ending that the prediction is going to have, while it is still running. */
export function sendEarlyWebhook(
	prediction: Prediction,
	ending: Ending,
	callbacks: CallbackSender,
	view: PredictionView,
): void {
	const url = prediction.request.webhook?.url;
	if (url === undefined) return;
	const body = JSON.stringify(claim(prediction, view, ending));
	callbacks.send({ taskId: prediction.id, url, body });
}

const UNKNOWN = 'job_000000000000000000000000';

function claim(prediction: Prediction, view: PredictionView, ending: Ending) {
	return predictionJson(prediction, view, { status: ending.status, ending });
}

function oppositeEnding({ ending, request }: Prediction): Ending {
	const at = Date.now();
	if (ending?.status !== 'succeeded') {
		return { status: 'succeeded', at, imagesMade: request.image.count, linksExpireAt: at };
	}
	const problem = 'generation_failed: The prediction failed.';
	return { status: 'failed', at, imagesMade: 0, problem, linksExpireAt: at };
}
