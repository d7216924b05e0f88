// What tests and the control surface can do with the fal sandbox besides speaking its protocol.
import type { DeliveryRecord } from '../callbacks/callback-sender';
import type { KeyOptions, PurseState } from './accounts';
import { checkFalFaults, type FalFaults } from './faults';
import type { FalService } from './service';
import { recordOf, type TaskRecord } from './tasks';

/** A plain look at a file that was uploaded. */
export interface UploadRecord {
	id: string;
	key: string;
	name: string;
	contentType: string;
	isMultipart: boolean;
	/** Undefined: it has not come. */
	bytes?: number;
	/** ISO time; undefined: as long as there is room. */
	expiresAt?: string;
}

export interface FalSandbox {
	/** Of the queue, where tasks are made. */
	readonly baseUrl: string;
	/** Of calls that wait for their result. */
	readonly runUrl: string;
	/** Of uploads and of the webhooks' keys. */
	readonly filesBaseUrl: string;
	/** Of the catalogue, prices and the balance; ends in /v1. */
	readonly apiBaseUrl: string;
	/** Makes a key with 100 dollars that may not read the balance, unless told otherwise, and returns it. */
	addKey(options?: KeyOptions): string;
	/** Replaces the key's faults; their "times" count anew. */
	setFaults(key: string, faults: FalFaults): void;
	/** Oldest first. */
	tasks(key?: string): TaskRecord[];
	/** Dollars. */
	ledger(key: string): PurseState;
	/** Ends a task now, also one that would never end. */
	finishTask(id: string): Promise<void>;
	/** Oldest first. */
	uploads(key?: string): UploadRecord[];
	/** Webhooks are signed with a new key from now on; the old ones stay published, unless they are to be forgotten. */
	rotateKeys(options?: { forget?: boolean }): void;
	/** What asking for the webhooks' keys answers; without a status, the keys again. */
	setJwksStatus(status?: number): void;
	/** Every try to deliver a webhook whose outcome is known. */
	deliveries(): DeliveryRecord[];
}

export function falSandbox(service: FalService): FalSandbox {
	const { accounts, tasks, budget, callbacks, life, uploads, keys } = service;
	return {
		get baseUrl() {
			return service.baseUrl;
		},
		get runUrl() {
			return service.runUrl;
		},
		get filesBaseUrl() {
			return service.filesBaseUrl;
		},
		get apiBaseUrl() {
			return service.apiBaseUrl;
		},
		addKey: (options) => {
			const key = accounts.add(options);
			budget.reset(`key:${key}`);
			return key;
		},
		setFaults: (key, faults) => {
			accounts.get(key).faults = checkFalFaults(faults);
			budget.reset(`key:${key}`);
		},
		tasks: (key) => tasks.list(key).map(recordOf),
		ledger: (key) => accounts.get(key).purse.state(),
		finishTask: async (id) => {
			const task = tasks.get(id);
			if (!task) throw new Error(`The sandbox has no task "${id}".`);
			await life.finish(task);
		},
		uploads: (key) =>
			uploads
				.list(key)
				.map(({ id, key: owner, name, contentType, isMultipart, bytes, expiresAt }) => ({
					id,
					key: owner,
					name,
					contentType,
					isMultipart,
					...(bytes && { bytes: bytes.length }),
					...(expiresAt !== undefined && { expiresAt: new Date(expiresAt).toISOString() }),
				})),
		rotateKeys: (options) => keys.rotate(options),
		setJwksStatus: (status) => {
			service.jwksStatus = status;
		},
		deliveries: () => [...callbacks.deliveries],
	};
}
