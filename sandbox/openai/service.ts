// OpenAI's parts put together: what the routes, the test interface and the control surface all work on.
import { FaultBudget } from '../faults/fault-budget';
import type { Lifetime } from '../lifetime';
import { TaskStore } from '../task-store';
import { Accounts } from './accounts/accounts';
import { type Batch, finalStatuses } from './batches/batches';
import { BatchLife } from './batches/life';
import { CallLog } from './calls';
import { Endpoints } from './endpoint';
import type { CheckedOpenAIFaults } from './faults';
import { ApiFiles } from './files/api-files';
import { ImageLinks } from './images/links';
import { ResponseLife } from './responses/life';
import type { ResponseTask } from './responses/tasks';
import { WebhookEndpoints } from './webhooks/endpoints';
import { WebhookEvents } from './webhooks/events';

/** Longer than anybody waits; timers can't count much further. */
const NEVER_MS = 2_000_000_000;
const RESPONSE_LIMIT = 500;
const BATCH_LIMIT = 200;

export interface ServiceOptions {
	lifetime: Lifetime;
	paceSeconds: number;
	/** The server's own address, known once it listens. */
	origin: () => string;
}

export class OpenAIService {
	readonly accounts = new Accounts();

	readonly budget = new FaultBudget();

	readonly calls = new CallLog();

	readonly files = new ApiFiles();

	readonly responses = new TaskStore<ResponseTask>(
		RESPONSE_LIMIT,
		({ ending }) => ending !== undefined,
	);

	readonly batches = new TaskStore<Batch>(BATCH_LIMIT, ({ status }) =>
		finalStatuses.includes(status),
	);

	readonly webhookEndpoints = new WebhookEndpoints();

	readonly links: ImageLinks;

	readonly events: WebhookEvents;

	readonly responseLife: ResponseLife;

	readonly batchLife: BatchLife;

	readonly lifetime: Lifetime;

	readonly endpoints: Endpoints;

	constructor(private readonly options: ServiceOptions) {
		this.lifetime = options.lifetime;
		this.links = new ImageLinks(() => `${options.origin()}/openai-results`);
		this.endpoints = new Endpoints(this.accounts, this.budget, this.lifetime);
		this.events = new WebhookEvents(this.webhookEndpoints, this.lifetime);
		this.batchLife = new BatchLife({
			paceSeconds: options.paceSeconds,
			lifetime: this.lifetime,
			batches: this.batches,
			files: this.files,
			links: this.links,
			events: this.events,
		});
		this.responseLife = new ResponseLife({
			paceSeconds: options.paceSeconds,
			lifetime: this.lifetime,
			responses: this.responses,
			events: this.events,
			faultsOf: ({ key, promptFaults }) => ({
				...this.accounts.get(key).faults,
				...promptFaults,
			}),
		});
	}

	get baseUrl(): string {
		return `${this.options.origin()}/openai/v1`;
	}

	/** A synchronous call takes time only when told to; "never" leaves it without an answer. */
	readonly pause = async ({ seconds, never }: CheckedOpenAIFaults): Promise<void> => {
		if (never) await this.lifetime.wait(NEVER_MS);
		if (seconds) await this.lifetime.wait(seconds * 1000);
	};
}
