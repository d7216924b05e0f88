// Takes a task from its creation to its end: reservation, timers, settlement, callback.
import { randomBytes } from 'node:crypto';
import type { CallbackSender } from '../callbacks/callback-sender';
import {
	pixelsOfRatio,
	parsePixels,
	parseRatio,
	withinPixelLimit,
	type PixelSize,
} from '../drawing/sizes';
import type { CheckedFaults } from '../faults/faults';
import type { Lifetime } from '../lifetime';
import type { TaskStore } from '../task-store';
import type { Account } from './accounts';
import { sendTaskCallbacks, sendEarlyCallback } from './task-callbacks';
import type { CreateRequest } from './create-request';
import { EvoLinkError } from './errors';
import { priceInCredits } from './pricing';
import { type EditMaterial, fetchEditMaterial } from './references';
import type { Results } from './results';
import type { Ending, Task } from './tasks';

const HOURS_24 = 24 * 3_600_000;
const EARLY_SHARE = 0.4;

const failureMessages: Record<string, string> = {
	content_policy_violation: 'The request was refused by the content policy.',
	generation_timeout: 'The model took too long.',
	image_processing_error: 'The reference image could not be processed.',
};

export interface TaskLifeParts {
	paceSeconds: number;
	lifetime: Lifetime;
	callbacks: CallbackSender;
	tasks: TaskStore<Task>;
	results: Results;
	/** The key's faults with the task's own on top. */
	faultsOf: (task: Task) => CheckedFaults;
	resultUrl: (task: Task, index: number) => string;
}

export interface NewTask {
	account: Account;
	request: CreateRequest;
	drawnPrompt: string;
	promptFaults: CheckedFaults;
	idempotencyKey?: string;
}

export class TaskLife {
	constructor(private readonly parts: TaskLifeParts) {}

	/** Makes a task and starts it. Throws 402 when the credits don't suffice, 400 for a bad reference. */
	async create({
		account,
		request,
		drawnPrompt,
		promptFaults,
		idempotencyKey,
	}: NewTask): Promise<Task> {
		const { tasks, results, lifetime, paceSeconds } = this.parts;
		if (priceOf(request, drawnPrompt) > account.ledger.credits) throw new EvoLinkError(402);
		const material = await fetchEditMaterial(request, lifetime);
		const size = sizeOf(request, material);
		const creditsReserved = priceOf(request, drawnPrompt, size);
		const seconds = promptFaults.seconds ?? account.faults.seconds ?? paceSeconds;
		const task: Task = {
			id: `task-unified-${Math.floor(Date.now() / 1000)}-${randomBytes(5).toString('hex')}`,
			key: account.key,
			createdAt: Date.now(),
			request,
			drawnPrompt,
			faults: promptFaults,
			size,
			idempotencyKey,
			durationMs: seconds * 1000,
			linkSecret: randomBytes(9).toString('base64url'),
			creditsReserved,
			creditsCharged: 0,
			callOffEnd: () => undefined,
		};
		if (!account.ledger.reserve(creditsReserved, task.id)) throw new EvoLinkError(402);
		tasks.add(task);
		if (material) results.keepMaterial(task.id, material);
		this.start(task, account);
		return task;
	}

	/** Ends a task now, as its faults say or else as completed. Does nothing when it has ended. */
	end(task: Task, account: Account): void {
		if (task.ending) return;
		task.callOffEnd();
		task.ending = this.endingOf(task);
		task.creditsCharged = usedCredits(task, task.ending.imagesMade);
		// Billing first: a callback is sent only after it is confirmed.
		account.ledger.settle(task.creditsReserved, task.creditsCharged, task.id);
		sendTaskCallbacks(task, this.parts);
	}

	private start(task: Task, account: Account): void {
		const { lifetime, faultsOf } = this.parts;
		const faults = faultsOf(task);
		if (faults.callback?.early) {
			lifetime.after(task.durationMs * EARLY_SHARE, () => {
				if (!task.ending) sendEarlyCallback(task, this.endingOf(task), this.parts);
			});
		}
		if (faults.never) return;
		task.callOffEnd = lifetime.after(task.durationMs, () => this.end(task, account));
	}

	private endingOf(task: Task): Ending {
		const { fail, cancel, fewerImages, linkLifetimeSeconds } = this.parts.faultsOf(task);
		const at = Date.now();
		const linksExpireAt =
			at + (linkLifetimeSeconds === undefined ? HOURS_24 : linkLifetimeSeconds * 1000);
		if (fail !== undefined) {
			const message = failureMessages[fail] ?? `The task failed: ${fail}.`;
			return { status: 'failed', at, imagesMade: 0, error: { code: fail, message }, linksExpireAt };
		}
		if (cancel) return { status: 'cancelled', at, imagesMade: 0, linksExpireAt };
		const imagesMade = Math.max(0, task.request.n - (fewerImages ?? 0));
		return { status: 'completed', at, imagesMade, linksExpireAt };
	}
}

function usedCredits(task: Task, imagesMade: number): number {
	return priceOf(task.request, task.drawnPrompt, task.size, imagesMade);
}

const usualSize = { width: 1024, height: 1024 };

function priceOf(
	{ model, quality, imageUrls, n, size }: CreateRequest,
	prompt: string,
	pixels: PixelSize = statedSize(size) ?? usualSize,
	images: number = n,
): number {
	const request = { model, quality, prompt, referenceCount: imageUrls.length, size: pixels };
	return priceInCredits(request, images);
}

function statedSize(
	size: string | undefined,
	resolution?: CreateRequest['resolution'],
): PixelSize | undefined {
	if (size === undefined) return undefined;
	const ratio = parseRatio(size);
	return ratio ? pixelsOfRatio(ratio, resolution) : parsePixels(size);
}

/** Without a stated size, an edit keeps the dimensions of its reference image. */
function sizeOf(
	{ size, resolution }: CreateRequest,
	material: EditMaterial | undefined,
): PixelSize {
	const stated = statedSize(size, resolution);
	return stated ?? (material ? withinPixelLimit(material.reference.facts) : usualSize);
}
