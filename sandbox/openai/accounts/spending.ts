// What a key has spent, in dollars.
export interface SpendingEntry {
	/** ISO time. */
	at: string;
	/** The route or the batch that it was for. */
	what: string;
	model: string;
	images: number;
	dollars: number;
}

export interface Spending {
	spent: number;
	images: number;
	/** Oldest first. */
	entries: SpendingEntry[];
}

const ENTRY_LIMIT = 5_000;

/** A hundred-thousandth of a cent; without rounding, sums would drift. */
function roundDollars(dollars: number): number {
	return Math.round(dollars * 10_000_000) / 10_000_000;
}

export class Purse {
	private spent = 0;

	private images = 0;

	private readonly entries: SpendingEntry[] = [];

	/** Undefined: there is no limit. */
	constructor(public quota?: number) {}

	get isEmpty(): boolean {
		return this.quota !== undefined && this.spent >= this.quota;
	}

	charge(entry: Omit<SpendingEntry, 'at'>): void {
		const dollars = roundDollars(entry.dollars);
		this.spent = roundDollars(this.spent + dollars);
		this.images += entry.images;
		this.entries.push({ ...entry, dollars, at: new Date().toISOString() });
		if (this.entries.length > ENTRY_LIMIT) this.entries.shift();
	}

	state(): Spending {
		return { spent: this.spent, images: this.images, entries: [...this.entries] };
	}
}
