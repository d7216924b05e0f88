// The Core.Today Trigger under load: Core.Today tells of one prediction per request, so few are asked for at a time.
import { untilTaken } from '../support';
import { startBench, until, type Bench } from './setup';
import { LINKS, polls } from './traffic';

const PREDICTIONS = 100;

let bench: Bench;
beforeAll(async () => {
	bench = await startBench();
});
afterAll(async () => await bench.close());

/** Made past the node, all together, without a webhook of their own. They have ended. */
async function finishedPredictions(key: string): Promise<string[]> {
	const { baseUrl, predictions, finishPrediction } = bench.sandbox.coreToday;
	const input = { prompt: 'A cat [sandbox: never]', quality: 'low' };
	await Promise.all(
		Array.from({ length: PREDICTIONS }, async () => {
			await fetch(`${baseUrl}/predictions`, {
				method: 'POST',
				headers: { 'x-api-key': key, 'content-type': 'application/json' },
				body: JSON.stringify({ model: 'openai/gpt-image-2', input }),
			});
		}),
	);
	const ids = predictions(key)
		.slice(-PREDICTIONS)
		.map(({ id }) => id);
	ids.forEach(finishPrediction);
	return ids;
}

/** The address that Core.Today is told. Its token follows from the key. */
async function addressOf(key: string, callbackUrl: string): Promise<string> {
	const parameters = { completion: 'return', callbackUrl, prompt: 'A cat [sandbox: never]' };
	await bench.run('image/generate', parameters, { key });
	const [made] = bench.sandbox.coreToday.predictions(key);
	return made!.webhookUrl!;
}

test('a burst of callbacks, each repeated, starts each workflow once and asks for ten at a time', async () => {
	const key = bench.sandbox.coreToday.addKey({ credits: 1_000_000 });
	const listening = await bench.trigger(key, LINKS);
	const address = await addressOf(key, listening.url);
	const ids = await finishedPredictions(key);
	bench.sandbox.coreToday.setFaults(key, { answerDelayMs: 100 });
	const asked = polls(bench, key).length;
	let maxAtOnce = 0;
	const watching = setInterval(() => {
		const open = polls(bench, key).filter(({ status }) => status === 0);
		maxAtOnce = Math.max(maxAtOnce, open.length);
	}, 1);

	const answers = await Promise.all(
		[...ids, ...ids].map(async (id) => {
			const headers = { 'content-type': 'application/json' };
			const body = JSON.stringify({ id, status: 'succeeded' });
			return await untilTaken(async () => await fetch(address, { method: 'POST', headers, body }));
		}),
	);
	clearInterval(watching);
	expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
	await until(() => listening.started.length >= ids.length);
	expect(listening.started.map(([item]) => String(item!.json.taskId)).sort()).toEqual(ids.sort());
	expect(polls(bench, key)).toHaveLength(asked + ids.length);
	expect(maxAtOnce).toBeGreaterThan(1);
	expect(maxAtOnce).toBeLessThanOrEqual(10);
});
