// A key's credits: reserved when a task is made, charged or refunded when it ends.
export interface LedgerEntry {
	/** ISO time. */
	at: string;
	kind: 'grant' | 'reserve' | 'charge' | 'refund';
	credits: number;
	taskId?: string;
	/** What could still be spent afterwards. */
	balance: number;
}

export interface LedgerState {
	/** What can still be spent; reserved credits are not in it. */
	credits: number;
	reserved: number;
	charged: number;
	refunded: number;
	/** Oldest first. */
	entries: LedgerEntry[];
}

const ENTRY_LIMIT = 2_000;

/** Prices have four decimals at most; without rounding, sums would drift. */
export function roundCredits(credits: number): number {
	return Math.round(credits * 10_000) / 10_000;
}

export class Ledger {
	private readonly entries: LedgerEntry[] = [];

	private balance = 0;

	private held = 0;

	private spent = 0;

	private returned = 0;

	constructor(credits: number) {
		this.grant(credits);
	}

	/** What can still be spent; reserved credits are not in it. */
	get credits(): number {
		return this.balance;
	}

	get charged(): number {
		return this.spent;
	}

	grant(credits: number): void {
		this.balance = roundCredits(this.balance + credits);
		this.enter('grant', credits);
	}

	/** Returns false, and reserves nothing, when the credits don't suffice. */
	reserve(credits: number, taskId: string): boolean {
		if (credits > this.balance) return false;
		this.balance = roundCredits(this.balance - credits);
		this.held = roundCredits(this.held + credits);
		this.enter('reserve', credits, taskId);
		return true;
	}

	/** Charges what was used of a reservation and gives back the rest. */
	settle(reserved: number, used: number, taskId: string): void {
		this.held = roundCredits(this.held - reserved);
		this.spent = roundCredits(this.spent + used);
		if (used > 0) this.enter('charge', used, taskId);
		const rest = roundCredits(reserved - used);
		if (rest <= 0) return;
		this.balance = roundCredits(this.balance + rest);
		this.returned = roundCredits(this.returned + rest);
		this.enter('refund', rest, taskId);
	}

	state(): LedgerState {
		return {
			credits: this.balance,
			reserved: this.held,
			charged: this.spent,
			refunded: this.returned,
			entries: [...this.entries],
		};
	}

	private enter(kind: LedgerEntry['kind'], credits: number, taskId?: string): void {
		this.entries.push({
			at: new Date().toISOString(),
			kind,
			credits: roundCredits(credits),
			...(taskId !== undefined && { taskId }),
			balance: this.balance,
		});
		if (this.entries.length > ENTRY_LIMIT) this.entries.shift();
	}
}
