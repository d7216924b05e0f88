// What the sandbox saw of a run: its requests by kind, and the predictions and credits that came of them.
import type { RecordedRequest } from '../../../sandbox';
import type { EngineRun } from '../support';
import type { Bench } from './setup';

/** No picture is drawn or fetched, where a test is about something else. */
export const LINKS = { options: { output: 'link' } };

export const OTHER_MODEL = model('sandbox/any-model');

export function model(id: string) {
	return { model: { __rl: true, mode: 'id', value: id } };
}

export function requestsOf({ sandbox }: Bench, key: string): RecordedRequest[] {
	return sandbox.requests.filter((request) => request.key === key);
}

/** Creates of predictions, with files or without. */
export function creates(bench: Bench, key: string): RecordedRequest[] {
	return requestsOf(bench, key).filter(
		({ method, path }) => method === 'POST' && /\/predictions(\/upload)?$/.test(path),
	);
}

/** Asks for an address in the storage; each is followed by one upload, which carries no key. */
export function uploads(bench: Bench, key: string): RecordedRequest[] {
	return requestsOf(bench, key).filter(({ path }) => path.endsWith('/files/upload-url'));
}

export function polls(bench: Bench, key: string): RecordedRequest[] {
	return requestsOf(bench, key).filter(({ method }) => method === 'GET');
}

/** Fetches of finished pictures; they carry no key. */
export function downloads({ sandbox }: Bench, predictionId: string): RecordedRequest[] {
	return sandbox.requests.filter(
		({ path }) => path.startsWith('/coretoday-cdn/') && path.includes(predictionId),
	);
}

/** The message and the advice that a person reads, and that nothing was asked of the sandbox. */
export function expectRefusedUnsent(
	bench: Bench,
	run: EngineRun & { key: string },
	message: string,
	advice: string,
): void {
	expect(run.error).toMatchObject({ message, description: advice });
	expect(run.items).toEqual([]);
	expect(requestsOf(bench, run.key)).toEqual([]);
	expect(bench.sandbox.coreToday.ledger(run.key)).toMatchObject({ reserved: 0, charged: 0 });
}
