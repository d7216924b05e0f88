// What tests and the control surface can do with the EvoLink sandbox besides speaking its protocol.
import type { DeliveryRecord } from '../callbacks/callback-sender';
import type { LedgerState } from '../accounts/ledger';
import type { Faults } from '../faults/faults';
import { checkFaults } from '../faults/faults';
import type { KeyOptions } from './accounts';
import type { EvoLinkService } from './service';
import { recordOf, type TaskRecord } from './tasks';

export interface EvoLinkSandbox {
	/** Serves /v1/… */
	readonly baseUrl: string;
	/** Serves /api/v1/files/upload/… */
	readonly filesBaseUrl: string;
	/** Makes a key with 1000 credits, unless told otherwise, and returns it. */
	addKey(options?: KeyOptions): string;
	/** Oldest first. */
	tasks(key?: string): TaskRecord[];
	ledger(key: string): LedgerState;
	/** Replaces the key's faults; their "times" count anew. */
	setFaults(key: string, faults: Faults): void;
	/** Ends a task now, also one that would never end. */
	finishTask(taskId: string): void;
	/** Lets the links of all tasks that have ended be expired from now on, as they are after 24 hours. */
	expireLinks(): void;
	/** Every try to deliver a callback whose outcome is known. */
	deliveries(): DeliveryRecord[];
}

export function evoLinkSandbox(service: EvoLinkService): EvoLinkSandbox {
	const { accounts, tasks, budget, callbacks, life } = service;
	return {
		get baseUrl() {
			return service.baseUrl;
		},
		get filesBaseUrl() {
			return service.filesBaseUrl;
		},
		addKey: (options) => {
			const key = accounts.add(options);
			budget.reset(`key:${key}`);
			return key;
		},
		tasks: (key) => tasks.list(key).map(recordOf),
		ledger: (key) => accounts.get(key).ledger.state(),
		setFaults: (key, faults) => {
			accounts.get(key).faults = checkFaults(faults);
			budget.reset(`key:${key}`);
		},
		finishTask: (taskId) => {
			const task = tasks.get(taskId);
			if (!task) throw new Error(`The sandbox has no task "${taskId}".`);
			life.end(task, accounts.get(task.key));
		},
		expireLinks: () => {
			for (const { ending } of tasks.list()) if (ending) ending.linksExpireAt = Date.now();
		},
		deliveries: () => [...callbacks.deliveries],
	};
}
