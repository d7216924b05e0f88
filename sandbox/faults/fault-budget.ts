// Counts how often a fault has struck, so that one with "times" stops after so many.
export class FaultBudget {
	private readonly used = new Map<string, number>();

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

	/** Starts counting anew, for when a scope's faults are replaced. */
	reset(scope: string): void {
		for (const name of this.used.keys()) {
			if (name.startsWith(`${scope}\n`)) this.used.delete(name);
		}
	}

	private forgetOldest(): void {
		const [oldest] = this.used.keys();
		if (oldest !== undefined) this.used.delete(oldest);
	}
}
