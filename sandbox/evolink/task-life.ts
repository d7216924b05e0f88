// Takes a task from its creation to its end: reservation, timers, settlement, callback.
import { randomBytes } from 'node:crypto';
import type { CallbackSender } from '../callbacks/callback-sender';
import { drawnSizeOf } from '../faults/drawn-size';
import type { CheckedFaults } from '../faults/faults';
import type { Lifetime } from '../lifetime';
import type { TaskStore } from '../task-store';
import type { Account } from './accounts';
import { sendTaskCallbacks, sendEarlyCallback } from './task-callbacks';
import { EvoLinkError } from './errors';
import { creditsFor, orderOf, type TaskRequest } from './orders';
import type { Results } from './results';
import type { Ending, Task } from './tasks';

const HOURS_24 = 24 * 3_600_000;
const EARLY_SHARE = 0.4;

/** The codes of EvoLink's list. Others may come, so any other is taken as well. */
const failureMessages: Record<string, string> = {
	content_policy_violation: 'The request was refused by the content policy.',
	invalid_parameters: 'The parameters are not valid for this model.',
	image_dimension_mismatch: 'The reference image does not have the requested ratio.',
	image_processing_error: 'The reference image could not be processed.',
	request_cancelled: 'The request was cancelled.',
	generation_timeout: 'The model took too long.',
	generation_failed_no_content: 'The model produced nothing.',
	quota_exceeded: 'The quota of the account is used up.',
	resource_exhausted: 'The servers have no room at the moment.',
	service_error: 'An internal service error occurred.',
	service_unavailable: 'The service is unavailable.',
	upstream_error: 'The upstream service failed.',
	unknown_error: 'An unknown error occurred.',
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
	request: TaskRequest;
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
		const { ledger } = account;
		if (creditsFor(request, drawnPrompt, request.n) > ledger.credits) throw new EvoLinkError(402);
		const drawnSize = drawnSizeOf({ ...account.faults, ...promptFaults });
		const { size, material } = await orderOf(request, { lifetime, drawnSize });
		const creditsReserved = creditsFor(request, drawnPrompt, request.n, size);
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
		if (!ledger.reserve(creditsReserved, task.id)) throw new EvoLinkError(402);
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
		const { request, drawnPrompt, size, ending } = task;
		task.creditsCharged = creditsFor(request, drawnPrompt, ending.made, size);
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
			return {
				status: 'failed',
				at,
				made: 0,
				error: { code: fail, message, ...suggestionFor(fail) },
				linksExpireAt,
			};
		}
		if (cancel) return { status: 'cancelled', at, made: 0, linksExpireAt };
		const made = Math.max(0, task.request.n - (fewerImages ?? 0));
		return { status: 'completed', at, made, linksExpireAt };
	}
}

/** EvoLink gives advice beside some codes. */
function suggestionFor(code: string): { suggestion?: string } {
	return code === 'content_policy_violation'
		? { suggestion: 'Leave out names of real people.' }
		: {};
}
