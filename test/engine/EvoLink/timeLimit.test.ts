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

async function limited(operation: 'generate' | 'edit', seconds: number, faults: Faults) {
	const items = [{ binary: { data: await picture('png') } }];
	const parameters: IDataObject = { ...SMALL, options: { timeLimitSeconds: seconds } };
	return await bench.image(operation, parameters, { items, faults });
}

test('waits that the provider asks for end with it, in the words of the provider', async () => {
	const run = await limited('generate', 5, { create: { status: 429, retryAfter: 4 } });
	expect(run.error?.message).toMatch(/^EvoLink: /);
	expect(run.error?.description).toContain(
		'The Time Limit of 5 seconds left no time to try again.',
	);
	expect(creates(bench, run.key).length).toBeLessThanOrEqual(2);
});

test('a task that never ends is waited for so long', async () => {
	const run = await limited('generate', 2, { never: true });
	expect(run.error?.message).toBe('The images were not ready within 2 seconds.');
});

test('a create that gets no answer ends with it', async () => {
	const run = await limited('generate', 2, { create: { status: 200, body: 'hang' } });
	expect(run.error?.message).toBe('EvoLink took too long to answer.');
});

test('so does an upload', async () => {
	const run = await limited('edit', 2, { answerDelayMs: 3_600_000 });
	expect(run.error?.message).toBe('EvoLink took too long to answer.');
	expect(creates(bench, run.key)).toEqual([]);
});

test('one that no calendar reaches ends nothing, also for an execution that is put aside', async () => {
	const options = { timeLimitSeconds: 1e13 };
	const parameters = { ...SMALL, completion: 'suspend', options };
	const run = await bench.image('generate', parameters, { suspendable: true });
	expect(run.status).toBe('waiting');
	expect(run.waitTill!.getTime()).toBeGreaterThan(Date.now());
	expect((await run.resumed()).passedOn).toMatchObject([{ json: { status: 'succeeded' } }]);
});
