// The keys that the fal sandbox accepts, each with its dollars, what it may do, and its faults.
import { randomBytes, randomInt, randomUUID } from 'node:crypto';
import { type CheckedFalFaults, checkFalFaults, type FalFaults } from './faults';

/** May do everything. */
export const WELL_KNOWN_KEY = 'sandbox-fal-id:sandbox-fal-secret';
/** May not read the balance. */
export const WELL_KNOWN_USER_KEY = 'sandbox-fal-user:sandbox-fal-secret';
const WELL_KNOWN_USER = 'github|1234567';
const PLENTY = 1_000_000;
const ENOUGH = 100;
const USUAL_AT_ONCE = 40;

/** RUN may use models only, API may read prices as well, ADMIN the balance too. */
export type Scope = 'RUN' | 'API' | 'ADMIN';

export interface Account {
	key: string;
	scope: Scope;
	/** Whom webhooks name. */
	userId: string;
	purse: Purse;
	/** So many requests run at once; the others wait in the queue. */
	atOnce: number;
	faults: CheckedFalFaults;
}

export interface KeyOptions {
	key?: string;
	scope?: Scope;
	/** Dollars; default 100. */
	credits?: number;
	/** Default 40. */
	atOnce?: number;
	faults?: FalFaults;
}

export interface PurseState {
	/** Dollars that are left. */
	credits: number;
	charged: number;
}

/** A hundred-thousandth of a cent; without rounding, sums would drift. */
export function roundDollars(dollars: number): number {
	return Math.round(dollars * 10_000_000) / 10_000_000;
}

/** Paid afterwards: it may go below zero, and is locked from zero on. */
export class Purse {
	private charged = 0;

	constructor(private granted: number) {}

	get left(): number {
		return roundDollars(this.granted - this.charged);
	}

	get isLocked(): boolean {
		return this.left <= 0;
	}

	grant(dollars: number): void {
		this.granted += dollars;
	}

	charge(dollars: number): void {
		this.charged = roundDollars(this.charged + dollars);
	}

	state(): PurseState {
		return { credits: this.left, charged: this.charged };
	}
}

export class Accounts {
	private readonly accounts = new Map<string, Account>();

	constructor() {
		this.add({ key: WELL_KNOWN_KEY, scope: 'ADMIN', credits: PLENTY });
		this.add({ key: WELL_KNOWN_USER_KEY, scope: 'API', credits: PLENTY });
		this.get(WELL_KNOWN_KEY).userId = WELL_KNOWN_USER;
	}

	/** Makes a key. One that exists keeps its history: it gets the settings, and the dollars as a grant. */
	add(options: KeyOptions = {}): string {
		const key = options.key ?? `${randomUUID()}:${randomBytes(16).toString('hex')}`;
		const faults = checkFalFaults(options.faults ?? {});
		const existing = this.accounts.get(key);
		if (existing) {
			if (options.credits !== undefined) existing.purse.grant(options.credits);
			existing.faults = faults;
			existing.scope = options.scope ?? existing.scope;
			existing.atOnce = options.atOnce ?? existing.atOnce;
			return key;
		}
		this.accounts.set(key, {
			key,
			scope: options.scope ?? 'API',
			userId: `github|${randomInt(1_000_000, 9_999_999)}`,
			purse: new Purse(options.credits ?? ENOUGH),
			atOnce: options.atOnce ?? USUAL_AT_ONCE,
			faults,
		});
		return key;
	}

	find(key: string): Account | undefined {
		return this.accounts.get(key);
	}

	get(key: string): Account {
		const account = this.accounts.get(key);
		if (!account) throw new Error(`The sandbox has no fal key "${key}".`);
		return account;
	}

	list(): Account[] {
		return [...this.accounts.values()];
	}
}
