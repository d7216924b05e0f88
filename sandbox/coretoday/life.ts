// Takes a prediction from its creation to its end: reservation, timers, settlement, webhook.
import { randomBytes } from 'node:crypto';
import type { CallbackSender } from '../callbacks/callback-sender';
import { type PixelSize, withinPixelLimit } from '../drawing/sizes';
import { drawnSizeOf } from '../faults/drawn-size';
import type { Lifetime } from '../lifetime';
import type { TaskStore } from '../task-store';
import type { Account } from './accounts';
import type { CreateRequest } from './create-request';
import { CoreTodayError } from './errors';
import type { CheckedCoreTodayFaults } from './faults';
import { fetchInputFiles, type InputFiles } from './input-files';
import type { KeptFiles } from './kept-files';
import type { PredictionView } from './prediction-json';
import type { Ending, Prediction } from './predictions';
import type { Results } from './results';
import { sendEarlyWebhook, sendWebhook } from './webhooks';

const HOURS_24 = 24 * 3_600_000;
const EARLY_SHARE = 0.4;

const failureMessages: Record<string, string> = {
	content_policy_violation: 'The request was refused by the content policy.',
	generation_timeout: 'The model took too long.',
};

export interface LifeParts {
	paceSeconds: number;
	lifetime: Lifetime;
	callbacks: CallbackSender;
	predictions: TaskStore<Prediction>;
	results: Results;
	files: KeptFiles;
	viewOf: (prediction: Prediction) => PredictionView;
}

export interface NewPrediction {
	account: Account;
	request: CreateRequest;
	drawnPrompt: string;
	promptFaults: CheckedCoreTodayFaults;
}

export class PredictionLife {
	constructor(private readonly parts: LifeParts) {}

	/** Makes a prediction and starts it. Throws 402 when the credits don't suffice, 400 for a bad file. */
	async create({ account, request, drawnPrompt, promptFaults }: NewPrediction) {
		const { predictions, results, files: kept, lifetime, paceSeconds } = this.parts;
		const { ledger, faults, dialect } = account;
		const { image, model } = request;
		const creditsReserved = model.credits[image.quality] * image.count;
		if (creditsReserved > ledger.credits) throw notEnough(creditsReserved, ledger.credits);
		const received = await fetchInputFiles(image, kept, lifetime);
		const seconds = promptFaults.seconds ?? faults.seconds ?? paceSeconds;
		const prediction: Prediction = {
			id: `${dialect === 'A' ? 'pred' : 'job'}_${randomBytes(12).toString('hex')}`,
			key: account.key,
			createdAt: Date.now(),
			request,
			drawnPrompt,
			faults: promptFaults,
			size: drawnSizeOf({ ...faults, ...promptFaults }) ?? sizeOf(image.size, received),
			files: received.files,
			durationMs: seconds * 1000,
			linkSecret: randomBytes(9).toString('hex'),
			creditsReserved,
			creditsCharged: 0,
			callOffEnd: () => undefined,
		};
		if (!ledger.reserve(creditsReserved, prediction.id)) {
			throw notEnough(creditsReserved, ledger.credits);
		}
		predictions.add(prediction);
		if (received.first) results.keepReference(prediction.id, received.first);
		this.start(prediction, account);
		return prediction;
	}

	/** Ends a prediction now, as its faults say or else well. Does nothing when it has ended. */
	end(prediction: Prediction, account: Account): void {
		if (prediction.ending) return;
		const { callbacks, viewOf } = this.parts;
		const { model, image } = prediction.request;
		prediction.callOffEnd();
		prediction.ending = this.endingOf(prediction);
		prediction.creditsCharged = model.credits[image.quality] * prediction.ending.imagesMade;
		account.ledger.settle(prediction.creditsReserved, prediction.creditsCharged, prediction.id);
		sendWebhook(prediction, callbacks, viewOf(prediction));
	}

	private start(prediction: Prediction, account: Account): void {
		const { lifetime, callbacks, viewOf } = this.parts;
		const { faults } = viewOf(prediction);
		const { durationMs } = prediction;
		if (faults.callback?.early) {
			lifetime.after(durationMs * EARLY_SHARE, () => {
				if (prediction.ending) return;
				sendEarlyWebhook(prediction, this.endingOf(prediction), callbacks, viewOf(prediction));
			});
		}
		if (faults.never) return;
		prediction.callOffEnd = lifetime.after(durationMs, () => this.end(prediction, account));
	}

	private endingOf(prediction: Prediction): Ending {
		const { fail, cancel, fewerImages, linkLifetimeSeconds } = this.parts.viewOf(prediction).faults;
		const at = Date.now();
		const linksExpireAt =
			at + (linkLifetimeSeconds === undefined ? HOURS_24 : linkLifetimeSeconds * 1000);
		if (fail !== undefined) {
			const problem = `${fail}: ${failureMessages[fail] ?? 'The prediction failed.'}`;
			return { status: 'failed', at, imagesMade: 0, problem, linksExpireAt };
		}
		if (cancel) return { status: 'cancelled', at, imagesMade: 0, linksExpireAt };
		const imagesMade = Math.max(0, prediction.request.image.count - (fewerImages ?? 0));
		return { status: 'succeeded', at, imagesMade, linksExpireAt };
	}
}

function notEnough(needed: number, left: number): CoreTodayError {
	return new CoreTodayError(
		402,
		`Not enough credits: this prediction takes ${needed}, ${left} are left.`,
	);
}

function sizeOf(stated: PixelSize | undefined, { files: [first] }: InputFiles): PixelSize {
	return stated ?? (first ? withinPixelLimit(first) : { width: 1024, height: 1024 });
}
