// Time Limit is one deadline for all of an item's work: uploads, the create and its retries, and polling.
import type { IDataObject } from 'n8n-workflow';

import type { Faults } from '../../../sandbox';
import { picture } from './pictures';
import { startBench, type Bench } from './setup';
import { creates, SMALL } from './traffic';

let bench: Bench;
beforeAll(async () => {
	bench = await startBench();
});
afterAll(async () => await bench.close());

/** Runs it, and answers how many seconds that took as well. */
async function timed(operation: 'generate' | 'edit', seconds: number, faults: Faults) {
	const items = [{ binary: { data: await picture('png') } }];
	const parameters: IDataObject = { ...SMALL, options: { timeLimitSeconds: seconds } };
	const startedAt = Date.now();
	const run = await bench.image(operation, parameters, { items, faults });
	return { ...run, took: (Date.now() - startedAt) / 1000 };
}

test('waits that the provider asks for end with it, in the words of the provider', async () => {
	const run = await timed('generate', 5, { create: { status: 429, retryAfter: 4 } });
	expect(run.error?.message).toMatch(/^EvoLink: /);
	expect(run.error?.description).toContain(
		'The Time Limit of 5 seconds left no time to try again.',
	);
	expect(creates(bench, run.key).length).toBeLessThanOrEqual(2);
	expect(run.took).toBeLessThan(10);
});

test('a task that never ends is waited for so long, and not three times as long', async () => {
	const run = await timed('generate', 2, { never: true });
	expect(run.error?.message).toBe('The images were not ready within 2 seconds.');
	expect(run.took).toBeLessThan(5);
});

test('a create that gets no answer ends with it', async () => {
	const run = await timed('generate', 2, { create: { status: 200, body: 'hang' } });
	expect(run.error?.message).toBe('EvoLink took too long to answer.');
	expect(run.took).toBeLessThan(6);
});

test('so does an upload', async () => {
	const run = await timed('edit', 2, { answerDelayMs: 60_000 });
	expect(run.error?.message).toBe('EvoLink took too long to answer.');
	expect(creates(bench, run.key)).toEqual([]);
	expect(run.took).toBeLessThan(6);
});
