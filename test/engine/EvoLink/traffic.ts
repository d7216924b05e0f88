// What the sandbox saw of a run: its requests by kind, and how many tasks were open together.
import type { RecordedRequest } from '../../../sandbox';
import type { EngineRun } from '../support';
import type { Bench } from './setup';

/** A small size that the current models take, so that drawing takes no time. */
export const SMALL = { size: 'custom', customSize: '128x128' };

export function model(id: string) {
	return { model: { __rl: true, mode: 'id', value: id } };
}

export function requestsOf({ sandbox }: Bench, key: string): RecordedRequest[] {
	return sandbox.requests.filter((request) => request.key === key);
}

export function creates(bench: Bench, key: string): RecordedRequest[] {
	return requestsOf(bench, key).filter(({ path }) => path.endsWith('/v1/images/generations'));
}

export function uploads(bench: Bench, key: string): RecordedRequest[] {
	return requestsOf(bench, key).filter(({ path }) => path.includes('/files/upload/'));
}

/** Looks at tasks: one by one, or many in one request. */
export function polls(bench: Bench, key: string) {
	const all = requestsOf(bench, key).filter(({ path }) => path.includes('/v1/tasks'));
	const batch = all.filter(({ path }) => path.endsWith('/v1/tasks/batch'));
	return { all, batch, single: all.filter((request) => !batch.includes(request)) };
}

/** Fetches of finished pictures; they carry no key. */
export function downloads({ sandbox }: Bench, taskId: string): RecordedRequest[] {
	return sandbox.requests.filter(({ path }) => path.includes(`/evolink-results/${taskId}/`));
}

/** The most tasks of a key that were open at the same time, from the order of its ledger's entries. */
export function maxOpenAtOnce({ sandbox }: Bench, key: string): number {
	const open = new Set<string>();
	let most = 0;
	for (const { kind, taskId } of sandbox.evolink.ledger(key).entries) {
		if (taskId === undefined) continue;
		if (kind === 'reserve') open.add(taskId);
		else open.delete(taskId);
		most = Math.max(most, open.size);
	}
	return most;
}

/** How many of the requests were being answered at the same time. One that ends makes room for one that begins. */
export function maxAtOnce(requests: RecordedRequest[]): number {
	const events = requests.flatMap(({ at, endedAt }) => [
		{ at, change: 1 },
		{ at: endedAt ?? '9999', change: -1 },
	]);
	events.sort((a, b) => a.at.localeCompare(b.at) || a.change - b.change);
	let open = 0;
	return Math.max(0, ...events.map(({ change }) => (open += change)));
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
	expect(bench.sandbox.evolink.ledger(run.key).entries).toHaveLength(1);
}
