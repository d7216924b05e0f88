// The keys that the Core.Today sandbox accepts, each with its credits, its faults and the dialect it is answered in.
import { randomBytes } from 'node:crypto';
import { Ledger } from '../accounts/ledger';
import { type CheckedCoreTodayFaults, checkCoreTodayFaults, type CoreTodayFaults } from './faults';

export const WELL_KNOWN_KEY = 'cdt_sandbox';
const PLENTY = 10_000_000;
const ENOUGH = 10_000;

/** The provider's own pages describe two kinds of answers: prediction-json has both. */
export type Dialect = 'A' | 'B';

export interface Account {
	key: string;
	ledger: Ledger;
	faults: CheckedCoreTodayFaults;
	dialect: Dialect;
}

export interface KeyOptions {
	key?: string;
	/** Default 10,000. */
	credits?: number;
	faults?: CoreTodayFaults;
	/** Default B, the one with job_id. */
	dialect?: Dialect;
}

export class Accounts {
	private readonly accounts = new Map<string, Account>();

	constructor() {
		this.add({ key: WELL_KNOWN_KEY, credits: PLENTY });
	}

	/** Makes a key. One that exists keeps its history: it gets the settings, and the credits as a grant. */
	add(options: KeyOptions = {}): string {
		const key = options.key ?? `cdt_${randomBytes(16).toString('hex')}`;
		const faults = checkCoreTodayFaults(options.faults ?? {});
		const existing = this.accounts.get(key);
		if (existing) {
			if (options.credits !== undefined) existing.ledger.grant(options.credits);
			existing.faults = faults;
			existing.dialect = options.dialect ?? existing.dialect;
			return key;
		}
		const ledger = new Ledger(options.credits ?? ENOUGH);
		this.accounts.set(key, { key, ledger, faults, dialect: options.dialect ?? 'B' });
		return key;
	}

	find(key: string): Account | undefined {
		return this.accounts.get(key);
	}

	get(key: string): Account {
		const account = this.accounts.get(key);
		if (!account) throw new Error(`The sandbox has no Core.Today key "${key}".`);
		return account;
	}

	list(): Account[] {
		return [...this.accounts.values()];
	}
}
