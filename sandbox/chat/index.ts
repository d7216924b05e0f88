// What tests and the control surface can do with the chat gateway besides speaking its protocol.
import type { Spending } from '../openai/accounts/spending';
import type { KeyOptions } from './accounts';
import type { ChatCallRecord } from './calls';
import { type ChatFaults, checkChatFaults, type Shape } from './faults';
import type { ChatService } from './service';

export interface ChatSandbox {
	/** Without the /v1 that clients add. */
	readonly baseUrl: string;
	/** Makes a key, or gives one that exists new settings, and returns it. */
	addKey(options?: KeyOptions): string;
	/** Replaces the key's faults; their "times" count anew. */
	setFaults(key: string, faults: ChatFaults): void;
	/** For models whose name doesn't choose the shape. */
	setShape(key: string, shape: Shape): void;
	/** Every call as it was understood, oldest first; refused ones too. */
	calls(key?: string): ChatCallRecord[];
	ledger(key: string): Spending;
}

export function chatSandbox(service: ChatService): ChatSandbox {
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
			accounts.get(key).faults = checkChatFaults(faults);
			budget.reset(`key:${key}`);
		},
		setShape: (key, shape) => {
			accounts.get(key).shape = shape;
		},
		calls: (key) => calls.records.filter((record) => key === undefined || record.key === key),
		ledger: (key) => accounts.get(key).purse.state(),
	};
}
