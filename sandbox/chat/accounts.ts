// The keys that the gateway accepts, each with its spending, its faults and the shape of its answers.
import { randomBytes } from 'node:crypto';
import { Purse } from '../openai/accounts/spending';
import { type ChatFaults, checkChatFaults, type CheckedChatFaults, type Shape } from './faults';

export const WELL_KNOWN_KEY = 'sandbox-chat-key';

export interface Account {
	key: string;
	purse: Purse;
	faults: CheckedChatFaults;
	/** For models whose name doesn't say it; undefined: the model's own. */
	shape?: Shape;
}

export interface KeyOptions {
	key?: string;
	faults?: ChatFaults;
	shape?: Shape;
}

export class Accounts {
	private readonly accounts = new Map<string, Account>();

	constructor() {
		this.add({ key: WELL_KNOWN_KEY });
	}

	/** Makes a key. One that exists keeps what it has spent and gets the new settings. */
	add(options: KeyOptions = {}): string {
		const key = options.key ?? `sk-${randomBytes(24).toString('hex')}`;
		const faults = checkChatFaults(options.faults ?? {});
		const purse = this.accounts.get(key)?.purse ?? new Purse();
		this.accounts.set(key, { key, purse, faults, shape: options.shape });
		return key;
	}

	find(key: string): Account | undefined {
		return this.accounts.get(key);
	}

	get(key: string): Account {
		const account = this.accounts.get(key);
		if (!account) throw new Error(`The sandbox has no gateway key "${key}".`);
		return account;
	}

	list(): Account[] {
		return [...this.accounts.values()];
	}
}
