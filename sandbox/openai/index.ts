// What tests and the control surface can do with the OpenAI sandbox besides speaking its protocol.
import type { DeliveryRecord } from '../callbacks/callback-sender';
import type { KeyOptions } from './accounts/accounts';
import type { Spending } from './accounts/spending';
import { type BatchRecord, recordOf as batchRecordOf } from './batches/batches';
import type { CallRecord } from './calls';
import { checkOpenAIFaults, type OpenAIFaults } from './faults';
import { recordOf as responseRecordOf, type ResponseRecord } from './responses/tasks';
import type { OpenAIService } from './service';
import { type WebhookEndpoint } from './webhooks/endpoints';

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
	/** Oldest first. */
	responses(key?: string): ResponseRecord[];
	batches(key?: string): BatchRecord[];
	/** With their secrets. */
	webhookEndpoints(key?: string): WebhookEndpoint[];
	/** Every try to deliver an event whose outcome is known. */
	deliveries(): DeliveryRecord[];
	/** Ends a response now, also one that would never end. */
	finishResponse(id: string): void;
	/** Lets a batch run to its end without waiting, also one that would never end. */
	finishBatch(id: string): void;
}

export function openAISandbox(service: OpenAIService): OpenAISandbox {
	const { accounts, budget, calls, events, webhookEndpoints } = service;
	const { responses, responseLife, batches } = service;
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
		responses: (key) => responses.list(key).map(responseRecordOf),
		batches: (key) => batches.list(key).map(batchRecordOf),
		webhookEndpoints: (key) => webhookEndpoints.list(key),
		deliveries: () => [...events.deliveries],
		finishResponse: (id) => {
			const task = responses.get(id);
			if (!task) throw new Error(`The sandbox has no response "${id}".`);
			responseLife.end(task, accounts.get(task.key));
		},
		finishBatch: (id) => {
			const batch = batches.get(id);
			if (!batch) throw new Error(`The sandbox has no batch "${id}".`);
			batch.hurry();
		},
	};
}
