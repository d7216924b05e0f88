// EvoLink's parts put together: what the routes, the test interface and the control surface all work on.
import { CallbackSender } from '../callbacks/callback-sender';
import { FaultBudget } from '../faults/fault-budget';
import type { CheckedFaults } from '../faults/faults';
import type { Lifetime } from '../lifetime';
import { TaskStore } from '../task-store';
import { Accounts } from './accounts';
import { Endpoints } from './endpoint';
import { kindOfResult, Results } from './results';
import { taskJson } from './task-json';
import { TaskLife } from './task-life';
import type { Task, TaskState } from './tasks';
import { type Upload, Uploads } from './uploads';

const TASK_LIMIT = 10_000;

export interface ServiceOptions {
	lifetime: Lifetime;
	paceSeconds: number;
	/** The server's own address, known once it listens. */
	origin: () => string;
}

export class EvoLinkService {
	readonly accounts = new Accounts();

	readonly tasks = new TaskStore<Task>(TASK_LIMIT, ({ ending }) => ending !== undefined);

	readonly budget = new FaultBudget();

	readonly results = new Results();

	readonly uploads = new Uploads();

	readonly lifetime: Lifetime;

	readonly callbacks: CallbackSender;

	readonly endpoints: Endpoints;

	readonly life: TaskLife;

	constructor(private readonly options: ServiceOptions) {
		this.lifetime = options.lifetime;
		this.callbacks = new CallbackSender(this.lifetime);
		this.endpoints = new Endpoints(this.accounts, this.budget, this.lifetime);
		this.life = new TaskLife({
			paceSeconds: options.paceSeconds,
			lifetime: this.lifetime,
			callbacks: this.callbacks,
			tasks: this.tasks,
			results: this.results,
			faultsOf: (task) => this.faultsOf(task),
			resultUrl: (task, index) => this.resultUrl(task, index),
		});
	}

	get baseUrl(): string {
		return `${this.options.origin()}/evolink`;
	}

	get filesBaseUrl(): string {
		return `${this.options.origin()}/evolink-files`;
	}

	fileUrl(upload: Upload): string {
		return `${this.filesBaseUrl}/files/${this.uploads.pathOf(upload)}`;
	}

	downloadUrl({ id }: Upload): string {
		return `${this.filesBaseUrl}/api/v1/files/download/${id}`;
	}

	resultUrl(task: Task, index: number): string {
		const file = `${index}-${task.linkSecret}.${kindOfResult(task).ending}`;
		return `${this.options.origin()}/evolink-results/${task.id}/${file}`;
	}

	json(task: Task, state?: TaskState): Record<string, unknown> {
		return taskJson(task, (of, index) => this.resultUrl(of, index), state);
	}

	/** The key's faults as they are now, with what the task's prompt asks for on top. */
	faultsOf(task: Task): CheckedFaults {
		return { ...this.accounts.get(task.key).faults, ...task.faults };
	}
}
