// What tests and the control surface can do with the OpenAI sandbox besides speaking its protocol.
import type { KeyOptions } from './accounts/accounts';
import type { Spending } from './accounts/spending';
import type { CallRecord } from './calls';
import { checkOpenAIFaults, type OpenAIFaults } from './faults';
import type { OpenAIService } from './service';

export interface OpenAISandbox {
	/** What an official client takes as its base URL; ends in /v1. */
	readonly baseUrl: string;
	/** Makes a key, or gives one that exists new settings, and returns it. */
	addKey(options?: KeyOptions): string;
	/** Replaces the key's faults; their "times" count anew. */
	setFaults(key: string, faults: OpenAIFaults): void;
	/** Every paid call as it was understood, oldest first; refused ones too. */
	calls(key?: string): CallRecord[];
	ledger(key: string): Spending;
}

export function openAISandbox(service: OpenAIService): OpenAISandbox {
	const { accounts, budget, calls } = service;
	return {
		get baseUrl() {
			return service.baseUrl;
		},
		addKey: (options) => {
			const key = accounts.add(options);
			budget.reset(`key:${key}`);
			return key;
		},
		setFaults: (key, faults) => {
			accounts.get(key).faults = checkOpenAIFaults(faults);
			budget.reset(`key:${key}`);
		},
		calls: (key) => calls.records.filter((record) => key === undefined || record.key === key),
		ledger: (key) => accounts.get(key).purse.state(),
	};
}
