// The gateway's parts put together: what the routes, the test interface and the control surface all work on.
import { FaultBudget } from '../faults/fault-budget';
import type { Lifetime } from '../lifetime';
import { Accounts } from './accounts';
import { ChatCalls } from './calls';
import { Endpoints } from './endpoint';
import type { CheckedChatFaults } from './faults';
import { ChatLinks } from './links';

/** Longer than anybody waits; timers can't count much further. */
const NEVER_MS = 2_000_000_000;

export interface ServiceOptions {
	lifetime: Lifetime;
	/** The server's own address, known once it listens. */
	origin: () => string;
}

export class ChatService {
	readonly accounts = new Accounts();

	readonly budget = new FaultBudget();

	readonly calls = new ChatCalls();

	readonly links: ChatLinks;

	readonly lifetime: Lifetime;

	readonly endpoints: Endpoints;

	constructor(private readonly options: ServiceOptions) {
		this.lifetime = options.lifetime;
		this.links = new ChatLinks(() => `${options.origin()}/chat-files`);
		this.endpoints = new Endpoints(this.accounts, this.budget, this.lifetime);
	}

	/** Without the /v1 that clients add. */
	get baseUrl(): string {
		return `${this.options.origin()}/chat`;
	}

	/** A call takes time only when told to; "never" leaves it without an answer. */
	readonly pause = async ({ seconds, never }: CheckedChatFaults): Promise<void> => {
		if (never) await this.lifetime.wait(NEVER_MS);
		if (seconds) await this.lifetime.wait(seconds * 1000);
	};
}
