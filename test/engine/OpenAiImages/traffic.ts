// What the sandbox saw of a run: its requests, and its paid calls as OpenAI would have understood them.
import type { RecordedRequest } from '../../../sandbox';
import type { Bench, BenchRun } from './setup';

/** The fewest pixels that gpt-image-2 takes, so that drawing takes little time. */
export const SMALL = { size: 'custom', customSize: '1024x640' };

/** Without the list of models, for which Automatic asks: it has tests of its own. */
export function requestsOf(bench: Bench, key: string): RecordedRequest[] {
	return allRequestsOf(bench, key).filter(({ path }) => !path.endsWith('/models'));
}

export function allRequestsOf({ sandbox }: Bench, key: string): RecordedRequest[] {
	return sandbox.requests.filter((request) => request.key === key);
}

/** Method and path of each request of a key, without the protocol's common beginning. */
export function routesOf(bench: Bench, key: string): string[] {
	return requestsOf(bench, key).map(
		({ method, path }) => `${method} ${path.replace(/^\/openai\/v1/, '')}`,
	);
}

export function callsOf({ sandbox }: Bench, key: string) {
	return sandbox.openai.calls(key);
}

/** The one paid call of a key. */
export function callOf(bench: Bench, key: string) {
	const calls = callsOf(bench, key);
	expect(calls).toHaveLength(1);
	return calls[0]!;
}

/** Dollars and images that a key has been charged for. */
export function spentBy({ sandbox }: Bench, key: string) {
	const { spent, images } = sandbox.openai.ledger(key);
	return { spent, images };
}

/** The message and the advice that a person reads, and that nothing was asked of the sandbox. */
export function expectRefusedUnsent(
	bench: Bench,
	run: BenchRun,
	message: string,
	advice: string,
): void {
	expect(run.error).toMatchObject({ message, description: advice });
	expect(run.items).toEqual([]);
	expect(requestsOf(bench, run.key)).toEqual([]);
	expect(spentBy(bench, run.key)).toEqual({ spent: 0, images: 0 });
}

/** What a person reads when OpenAI has refused, and that it was asked once and charged nothing. */
export function expectRefusedByOpenAi(
	bench: Bench,
	run: BenchRun,
	message: string,
	advice: string[],
): void {
	expect(run.error?.message).toBe(message);
	for (const part of advice) expect(run.error?.description).toContain(part);
	expect(run.error?.description).toMatch(/Request ID: req_[0-9a-f]+/);
	expect(run.items).toEqual([]);
	expect(requestsOf(bench, run.key)).toHaveLength(1);
	expect(spentBy(bench, run.key)).toEqual({ spent: 0, images: 0 });
}
