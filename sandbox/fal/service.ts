// fal's parts put together: what the routes, the test interface and the control surface all work on.
import { randomBytes, randomUUID } from 'node:crypto';
import { CallbackSender } from '../callbacks/callback-sender';
import { FaultBudget } from '../faults/fault-budget';
import type { Lifetime } from '../lifetime';
import { TaskStore } from '../task-store';
import { type Account, Accounts } from './accounts';
import { appOf } from './catalogue/model';
import { findModel } from './catalogue';
import { API_PREFIX, type Call, Endpoints } from './endpoint';
import { Ender } from './ender';
import type { CheckedFalFaults } from './faults';
import { TaskLife } from './life';
import { MASK_INDEX, Results } from './results';
import { SigningKeys } from './signing';
import type { Task } from './tasks';
import { Uploads } from './uploads';
import type { WebhookView } from './webhooks';

const TASK_LIMIT = 10_000;
const REDIRECT = 300;
const CLIENT_ERROR = 400;
const RETRIES = 31;
const LONGEST_WAIT_MS = 120_000;

/** The waits grow; with all of them, about as much time passes as a result is kept. */
const webhookTiming = {
	timeoutMs: 15_000,
	retryTimeoutMs: 120_000,
	retryDelaysMs: Array.from({ length: RETRIES }, (_none, index) =>
		Math.min(1_000 * 2 ** index, LONGEST_WAIT_MS),
	),
	isFinal: (status: number) => status >= REDIRECT && status < CLIENT_ERROR,
};

export interface ServiceOptions {
	lifetime: Lifetime;
	paceSeconds: number;
	/** The server's own address, known once it listens. */
	origin: () => string;
}

export interface Wanted {
	webhookUrl?: string;
	isDirect: boolean;
	fileSeconds?: number;
	startLimitSeconds?: number;
}

export class FalService {
	readonly accounts = new Accounts();

	readonly tasks = new TaskStore<Task>(TASK_LIMIT, ({ ending }) => ending !== undefined);

	readonly budget = new FaultBudget();

	readonly results = new Results();

	readonly uploads = new Uploads();

	readonly keys = new SigningKeys();

	/** What asking for the webhooks' keys answers instead of them. */
	jwksStatus?: number;

	readonly lifetime: Lifetime;

	readonly callbacks: CallbackSender;

	readonly endpoints: Endpoints;

	readonly life: TaskLife;

	constructor(private readonly options: ServiceOptions) {
		this.lifetime = options.lifetime;
		this.callbacks = new CallbackSender(this.lifetime, webhookTiming);
		this.endpoints = new Endpoints(this.accounts, this.budget, this.lifetime);
		const faultsOf = (task: Task) => this.faultsOf(task);
		this.life = new TaskLife({
			lifetime: this.lifetime,
			tasks: this.tasks,
			results: this.results,
			ender: new Ender({
				results: this.results,
				faultsOf,
				linkOf: (task, index) => this.linkOf(task, index),
			}),
			filesUrl: () => this.filesUrl,
			accountOf: (task) => this.accountOf(task),
			faultsOf,
			webhookViewOf: (task) => this.webhookViewOf(task),
		});
	}

	/** Of the queue. */
	get baseUrl(): string {
		return `${this.options.origin()}/fal-queue`;
	}

	get runUrl(): string {
		return `${this.options.origin()}/fal-run`;
	}

	/** Of uploads and of the webhooks' keys. */
	get filesBaseUrl(): string {
		return `${this.options.origin()}/fal-rest`;
	}

	get apiBaseUrl(): string {
		return `${this.options.origin()}${API_PREFIX}/v1`;
	}

	/** Where files lie, those that came in and those that were made. */
	get filesUrl(): string {
		return `${this.options.origin()}/fal-files`;
	}

	create(call: Call, endpoint: string, wanted: Wanted): Task {
		const { account, promptFaults, drawnPrompt, request } = call;
		const seconds = promptFaults.seconds ?? account.faults.seconds ?? this.options.paceSeconds;
		const task: Task = {
			id: randomUUID(),
			key: account.key,
			endpoint,
			app: appOf(endpoint),
			model: findModel(endpoint),
			input: request.body ?? {},
			drawnPrompt,
			faults: promptFaults,
			webhookUrl: wanted.webhookUrl,
			isDirect: wanted.isDirect,
			createdAt: Date.now(),
			durationMs: seconds * 1000,
			hasPlace: false,
			linkSecret: randomBytes(9).toString('hex'),
			fileSeconds: wanted.fileSeconds,
			images: [],
			callOff: () => undefined,
			listeners: new Set(),
		};
		this.life.start(task, wanted.startLimitSeconds);
		return task;
	}

	accountOf({ key }: Task): Account {
		return this.accounts.get(key);
	}

	faultsOf(task: Task): CheckedFalFaults {
		return { ...this.accountOf(task).faults, ...task.faults };
	}

	isBlack(task: Task, index: number): boolean {
		const { black } = this.faultsOf(task);
		return index !== MASK_INDEX && (black === 'all' || black === index);
	}

	private webhookViewOf(task: Task): WebhookView {
		const { keys, callbacks } = this;
		const { userId } = this.accountOf(task);
		return { faults: this.faultsOf(task), userId, keys, callbacks };
	}

	private linkOf({ id, linkSecret, job }: Task, index: number): string {
		return `${this.filesUrl}/made/${id}/${index}-${linkSecret}.${job?.format ?? 'png'}`;
	}
}
