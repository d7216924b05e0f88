// What lives as long as the sandbox: its timers, its outgoing connections and the signal that ends them.
import { setMaxListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { Agent } from 'undici';

export class Lifetime {
	/** Every outgoing request of the sandbox goes through this agent, so that closing can cut them. */
	readonly agent = new Agent({ connections: 64 });

	private readonly controller = new AbortController();

	private readonly timers = new Set<NodeJS.Timeout>();

	constructor() {
		// Every waiting answer and every delivery listens: there may be hundreds.
		setMaxListeners(0, this.controller.signal);
	}

	get signal(): AbortSignal {
		return this.controller.signal;
	}

	/** Runs an action later; it is forgotten when the sandbox ends first. Returns a way to call it off. */
	after(milliseconds: number, action: () => void): () => void {
		if (this.signal.aborted) return () => undefined;
		const timer = setTimeout(() => {
			this.timers.delete(timer);
			action();
		}, milliseconds);
		this.timers.add(timer);
		return () => {
			clearTimeout(timer);
			this.timers.delete(timer);
		};
	}

	/** Waits, and rejects at once when the sandbox ends. */
	async wait(milliseconds: number): Promise<void> {
		await sleep(milliseconds, undefined, { signal: this.signal });
	}

	async end(): Promise<void> {
		this.controller.abort();
		for (const timer of this.timers) clearTimeout(timer);
		this.timers.clear();
		await this.agent.destroy();
	}
}
