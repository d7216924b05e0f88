// The keys that the OpenAI sandbox accepts, each with its money, its faults and what it may use.
import { randomBytes } from 'node:crypto';
import { modelGone, modelNotFound, notVerified, quotaUsedUp } from '../errors';
import { type CheckedOpenAIFaults, checkOpenAIFaults, type OpenAIFaults } from '../faults';
import { findModel, type ModelKind } from '../models';
import { Purse } from './spending';

export const WELL_KNOWN_KEY = 'sandbox-openai-key';

export interface Account {
	key: string;
	purse: Purse;
	faults: CheckedOpenAIFaults;
	organizationVerified: boolean;
}

export interface KeyOptions {
	key?: string;
	faults?: OpenAIFaults;
	/** Without it, image models answer 403. Default true. */
	organizationVerified?: boolean;
	/** Dollars; once they are spent, paid calls answer insufficient_quota. Default: no limit. */
	quota?: number;
}

export class Accounts {
	private readonly accounts = new Map<string, Account>();

	constructor() {
		this.add({ key: WELL_KNOWN_KEY });
	}

	/** Makes a key. One that exists keeps what it has spent and gets the new settings. */
	add(options: KeyOptions = {}): string {
		const key = options.key ?? `sk-sandbox-${randomBytes(16).toString('hex')}`;
		const faults = checkOpenAIFaults(options.faults ?? {});
		const purse = this.accounts.get(key)?.purse ?? new Purse();
		purse.quota = options.quota;
		const organizationVerified = options.organizationVerified ?? true;
		this.accounts.set(key, { key, purse, faults, organizationVerified });
		return key;
	}

	find(key: string): Account | undefined {
		return this.accounts.get(key);
	}

	get(key: string): Account {
		const account = this.accounts.get(key);
		if (!account) throw new Error(`The sandbox has no OpenAI key "${key}".`);
		return account;
	}

	list(): Account[] {
		return [...this.accounts.values()];
	}
}

/** Whether a compatible server that this key stands for serves the model in any case. */
export function isKeptAlive(account: Account, model: string): boolean {
	return account.faults.alive?.includes(model) ?? false;
}

export function lacks(account: Account, model: string): boolean {
	return account.faults.lacks?.includes(model) ?? false;
}

/**
 * Refuses a model that doesn't exist, is gone, is of the wrong kind, or needs a verified organization.
 * `notFound` has the words of the route.
 */
export function checkModel(
	account: Account,
	model: string,
	kind: ModelKind,
	notFound = modelNotFound,
): void {
	if (lacks(account, model)) throw notFound(model);
	if (!isKeptAlive(account, model)) {
		const facts = findModel(model);
		if (facts?.kind !== kind) throw notFound(model);
		if (facts.gone) throw modelGone(model);
	}
	if (kind === 'image' && !account.organizationVerified) throw notVerified(model);
}

export function checkQuota(account: Account, faults: CheckedOpenAIFaults = account.faults): void {
	if (account.purse.isEmpty || faults.quota) throw quotaUsedUp();
}
