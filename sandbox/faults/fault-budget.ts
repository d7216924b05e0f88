// Counts how often a fault has struck, so that one with "times" stops after so many, and holds answers back.
import { setTimeout as sleep } from 'node:timers/promises';

export class FaultBudget {
	private readonly used = new Map<string, number>();

	/** Ends what is held back for a scope. */
	private readonly holds = new Map<string, AbortController>();

	constructor(private readonly limit = 10_000) {}

	/** Whether the fault still strikes. A fault without times always does. */
	take(scope: string, fault: string, times: number | undefined): boolean {
		if (times === undefined) return true;
		const name = `${scope}\n${fault}`;
		const used = this.used.get(name) ?? 0;
		if (used >= times) return false;
		if (this.used.size >= this.limit) this.forgetOldest();
		this.used.set(name, used + 1);
		return true;
	}

	/** Waits so long, or until the scope's faults are replaced. Rejects at once when the signal ends it. */
	async hold(scope: string, milliseconds: number, signal: AbortSignal): Promise<void> {
		const release = this.holds.get(scope) ?? new AbortController();
		this.holds.set(scope, release);
		const either = AbortSignal.any([signal, release.signal]);
		await sleep(milliseconds, undefined, { signal: either }).catch((error: unknown) => {
			if (!release.signal.aborted) throw error;
		});
	}

	/** Starts counting anew and holds nothing back, for when a scope's faults are replaced. */
	reset(scope: string): void {
		this.holds.get(scope)?.abort();
		this.holds.delete(scope);
		for (const name of this.used.keys()) {
			if (name.startsWith(`${scope}\n`)) this.used.delete(name);
		}
	}

	private forgetOldest(): void {
		const [oldest] = this.used.keys();
		if (oldest !== undefined) this.used.delete(oldest);
	}
}
