// The keys that the sandbox accepts, each with its credits, its faults and its idempotency keys.
import { randomBytes } from 'node:crypto';
import { Ledger } from '../accounts/ledger';
import { checkFaults, type CheckedFaults, type Faults } from '../faults/faults';
import { toldError } from './errors';
import type { Task } from './tasks';

export const WELL_KNOWN_KEY = 'sandbox-evolink-key';
const PLENTY = 1_000_000;
const ENOUGH = 1_000;
const REMEMBERED_KEYS = 10_000;
const MAX_FILES = 2_000;

export interface Account {
	key: string;
	ledger: Ledger;
	faults: CheckedFaults;
	/** Creates by idempotency key; one that is still being handled is a promise under way. */
	creates: Map<string, Create>;
	/** How many files it may keep at a time. */
	maxFiles: number;
}

interface Create {
	/** The body with its fields in one order. */
	body: string;
	task: Promise<Task>;
}

export interface KeyOptions {
	key?: string;
	credits?: number;
	faults?: Faults;
	maxFiles?: number;
}

export class Accounts {
	private readonly accounts = new Map<string, Account>();

	constructor() {
		this.add({ key: WELL_KNOWN_KEY, credits: PLENTY });
	}

	/** Makes a key. One that exists keeps its history: it gets the faults and limits, and the credits as a grant. */
	add(options: KeyOptions = {}): string {
		const key = options.key ?? `sk-sandbox-${randomBytes(12).toString('hex')}`;
		const faults = checkFaults(options.faults ?? {});
		const existing = this.accounts.get(key);
		if (existing) {
			if (options.credits !== undefined) existing.ledger.grant(options.credits);
			if (options.maxFiles !== undefined) existing.maxFiles = options.maxFiles;
			existing.faults = faults;
			return key;
		}
		const ledger = new Ledger(options.credits ?? ENOUGH);
		const maxFiles = options.maxFiles ?? MAX_FILES;
		this.accounts.set(key, { key, ledger, faults, creates: new Map(), maxFiles });
		return key;
	}

	find(key: string): Account | undefined {
		return this.accounts.get(key);
	}

	get(key: string): Account {
		const account = this.accounts.get(key);
		if (!account) throw new Error(`The sandbox has no key "${key}".`);
		return account;
	}

	list(): Account[] {
		return [...this.accounts.values()];
	}
}

/**
 * Makes a task once per idempotency key, and refuses another body under the same one. A create that fails is forgotten,
 * so it can be tried again.
 */
export async function createOnce(
	account: Account,
	idempotencyKey: string | undefined,
	body: unknown,
	create: () => Promise<Task>,
): Promise<{ task: Task; replayed: boolean }> {
	if (idempotencyKey === undefined) return { task: await create(), replayed: false };
	const { creates } = account;
	const inOrder = JSON.stringify(ordered(body));
	for (let earlier = creates.get(idempotencyKey); earlier; earlier = creates.get(idempotencyKey)) {
		if (earlier.body !== inOrder) {
			throw toldError(409, 'idempotency_conflict');
		}
		try {
			return { task: await earlier.task, replayed: true };
		} catch {
			// The first create was refused and is forgotten by now: this one is judged for itself.
		}
	}
	const creating = create();
	creates.set(idempotencyKey, { body: inOrder, task: creating });
	try {
		const task = await creating;
		const [oldest] = creates.keys();
		if (creates.size > REMEMBERED_KEYS && oldest !== undefined) creates.delete(oldest);
		return { task, replayed: false };
	} catch (error) {
		creates.delete(idempotencyKey);
		throw error;
	}
}

/** The same JSON with the fields of every object in one order, which says nothing. */
function ordered(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(ordered);
	if (typeof value !== 'object' || value === null) return value;
	const entries = Object.entries(value).map(([name, each]) => [name, ordered(each)] as const);
	return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}
