// Takes a task from the queue to its end: its place, its run, what it costs, its webhook.
import { withinPixelLimit } from '../drawing/sizes';
import { drawnSizeOf } from '../faults/drawn-size';
import type { Lifetime } from '../lifetime';
import type { TaskStore } from '../task-store';
import type { Account } from './accounts';
import { checkInput } from './check-input';
import { FalError, problem } from './errors';
import { cancelled, failureOf } from './failures';
import type { CheckedFalFaults } from './faults';
import { fetchImages } from './input-images';
import { imagesOf, jobOf } from './read-job';
import { Ender } from './ender';
import type { Task } from './tasks';
import { Results } from './results';
import { sendEarlyWebhook, sendWebhook, type WebhookView } from './webhooks';

/** Of a task's time, before it starts and until an early webhook. */
const WAITING_SHARE = 0.15;
const EARLY_SHARE = 0.4;

export interface LifeParts {
	lifetime: Lifetime;
	tasks: TaskStore<Task>;
	results: Results;
	ender: Ender;
	filesUrl: () => string;
	accountOf: (task: Task) => Account;
	/** The key's faults with the task's own on top. */
	faultsOf: (task: Task) => CheckedFalFaults;
	webhookViewOf: (task: Task) => WebhookView;
}

export class TaskLife {
	/** What the input comes to: a problem, or none. */
	private readonly prepared = new WeakMap<Task, Promise<FalError | undefined>>();

	constructor(private readonly parts: LifeParts) {}

	start(task: Task, startLimitSeconds?: number): void {
		const { tasks, lifetime } = this.parts;
		tasks.add(task);
		this.prepared.set(task, this.prepare(task));
		if (startLimitSeconds !== undefined) {
			lifetime.after(startLimitSeconds * 1000, () => {
				if (task.startedAt === undefined) void this.end(task, failureOf('request_timeout'));
			});
		}
		this.givePlaces(task.key);
	}

	/** Those in the queue that have no place yet, the first in line first. */
	waiting(key: string): Task[] {
		return this.parts.tasks.list(key).filter(({ hasPlace, ending }) => !hasPlace && !ending);
	}

	running(key: string): number {
		return this.parts.tasks.list(key).filter(({ hasPlace, ending }) => hasPlace && !ending).length;
	}

	/** Ends a task now, as its faults say or else well, wherever it is. */
	async finish(task: Task): Promise<void> {
		task.startedAt ??= Date.now();
		const trouble = await this.prepared.get(task);
		await this.end(task, trouble);
	}

	/** What a caller has asked for; no webhook tells of it. */
	cancel(task: Task): 'waiting' | 'running' {
		const wasWaiting = task.startedAt === undefined;
		if (this.parts.faultsOf(task).cancelTooLate) return wasWaiting ? 'waiting' : 'running';
		this.close(task, () => this.parts.ender.cancelledOf(task, cancelled()));
		return wasWaiting ? 'waiting' : 'running';
	}

	private givePlaces(key: string): void {
		for (const task of this.waiting(key)) {
			const { atOnce } = this.parts.accountOf(task);
			if (this.parts.faultsOf(task).stuck) continue;
			if (this.running(key) >= atOnce) return;
			task.hasPlace = true;
			this.begin(task);
		}
	}

	private begin(task: Task): void {
		const { lifetime } = this.parts;
		const { startAfterSeconds } = this.parts.faultsOf(task);
		const share = task.isDirect ? 0 : WAITING_SHARE;
		const delay =
			startAfterSeconds === undefined ? task.durationMs * share : startAfterSeconds * 1000;
		task.callOff = lifetime.after(delay, () => void this.run(task, task.durationMs * (1 - share)));
	}

	private async run(task: Task, milliseconds: number): Promise<void> {
		if (task.ending) return;
		const { lifetime } = this.parts;
		task.startedAt = Date.now();
		tell(task);
		const trouble = await this.prepared.get(task);
		if (trouble) return await this.end(task, trouble);
		const { never, callback } = this.parts.faultsOf(task);
		if (callback?.early) {
			lifetime.after(milliseconds * EARLY_SHARE, () => void this.tellEarly(task));
		}
		if (never) return;
		task.callOff = lifetime.after(milliseconds, () => void this.end(task));
	}

	private async prepare(task: Task): Promise<FalError | undefined> {
		const { model } = task;
		const { filesUrl, lifetime, results, faultsOf } = this.parts;
		if (!model) {
			const path = task.endpoint.slice(task.app.length);
			return new FalError(404, `Path ${path || '/'} not found`);
		}
		try {
			const input = checkInput(model, task.input);
			const fetched = await fetchImages(imagesOf(model, input), filesUrl(), lifetime);
			const job = jobOf(model, input, fetched);
			const wrong = model.refuse?.(job);
			if (wrong) {
				throw new FalError(422, [problem(['body', wrong.field], 'value_error', wrong.message)]);
			}
			const drawnSize = drawnSizeOf(faultsOf(task));
			task.job = { ...job, size: drawnSize ? withinPixelLimit(drawnSize) : job.size };
			task.images = fetched.images;
			if (fetched.first) {
				results.keepReference(task.id, { bytes: fetched.first.bytes, mask: fetched.mask });
			}
			return undefined;
		} catch (error) {
			if (error instanceof FalError) return error;
			return failureOf('internal_server_error');
		}
	}

	private async end(task: Task, trouble?: FalError): Promise<void> {
		if (task.ending) return;
		const { ender, faultsOf } = this.parts;
		const { fail, cancel } = faultsOf(task);
		const failure = trouble ?? (fail === undefined ? undefined : failureOf(fail));
		if (failure) this.close(task, () => ender.failedOf(task, failure), true);
		else if (cancel) this.close(task, () => ender.cancelledOf(task, cancelled()), true);
		else {
			const ending = await ender.succeededOf(task);
			this.close(task, () => ending, true);
		}
	}

	private close(task: Task, endingOf: () => Task['ending'], isTold = false): void {
		if (task.ending) return;
		task.callOff();
		task.hasPlace = true;
		task.ending = endingOf();
		this.parts.accountOf(task).purse.charge(task.ending?.cost ?? 0);
		if (isTold) sendWebhook(task, this.parts.webhookViewOf(task));
		tell(task);
		this.givePlaces(task.key);
	}

	private async tellEarly(task: Task): Promise<void> {
		if (task.ending) return;
		const { ender, webhookViewOf } = this.parts;
		sendEarlyWebhook(task, await ender.succeededOf(task), webhookViewOf(task));
	}
}

function tell({ listeners }: Task): void {
	for (const listener of listeners) listener();
}
