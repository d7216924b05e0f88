// What tests and the control surface can do with the Core.Today sandbox besides speaking its protocol.
import type { LedgerState } from '../accounts/ledger';
import type { DeliveryRecord } from '../callbacks/callback-sender';
import type { Dialect, KeyOptions } from './accounts';
import { checkCoreTodayFaults, type CoreTodayFaults } from './faults';
import { type PredictionRecord, recordOf } from './predictions';
import type { CoreTodayService } from './service';

export interface CoreTodaySandbox {
	/** Ends in /v1. */
	readonly baseUrl: string;
	/** Makes a key with 10,000 credits and dialect B, unless told otherwise, and returns it. */
	addKey(options?: KeyOptions): string;
	/** Replaces the key's faults; their "times" count anew. */
	setFaults(key: string, faults: CoreTodayFaults): void;
	/** From now on all answers about the key's predictions are in this dialect; ids stay as they are. */
	setDialect(key: string, dialect: Dialect): void;
	/** Oldest first. */
	predictions(key?: string): PredictionRecord[];
	ledger(key: string): LedgerState;
	/** Ends a prediction now, also one that would never end. */
	finishPrediction(id: string): void;
	/** Every try to deliver a webhook whose outcome is known. */
	deliveries(): DeliveryRecord[];
}

export function coreTodaySandbox(service: CoreTodayService): CoreTodaySandbox {
	const { accounts, predictions, budget, callbacks, life } = service;
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
			accounts.get(key).faults = checkCoreTodayFaults(faults);
			budget.reset(`key:${key}`);
		},
		setDialect: (key, dialect) => {
			accounts.get(key).dialect = dialect;
		},
		predictions: (key) => predictions.list(key).map(recordOf),
		ledger: (key) => accounts.get(key).ledger.state(),
		finishPrediction: (id) => {
			const prediction = predictions.get(id);
			if (!prediction) throw new Error(`The sandbox has no prediction "${id}".`);
			life.end(prediction, accounts.get(prediction.key));
		},
		deliveries: () => [...callbacks.deliveries],
	};
}
