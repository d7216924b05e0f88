// Answers of gateways in which one picture is a dead link: the good ones come out, and nothing is paid twice.
import sharp from 'sharp';

import { startBench, type Bench } from './setup';

let bench: Bench;
let good: string;
beforeAll(async () => {
	bench = await startBench();
	const red = sharp({ create: { width: 30, height: 20, channels: 3, background: '#c04020' } });
	good = (await red.png().toBuffer()).toString('base64');
});
afterAll(async () => await bench.close());

test.each<[string, (dead: string) => unknown]>([
	['in the shape of the Images API', (dead) => ({ data: [{ b64_json: good }, { url: dead }] })],
	[
		'in images[]',
		(dead) => ({
			choices: [
				{
					message: {
						role: 'assistant',
						content: '',
						images: [
							{ type: 'image_url', image_url: { url: `data:image/png;base64,${good}` } },
							{ type: 'image_url', image_url: { url: dead } },
						],
					},
				},
			],
		}),
	],
])('a good picture comes out beside a dead link %s', async (_shape, answer) => {
	const dead = `${bench.sandbox.url}/cdn/20260101/nothing.png`;
	const create = { status: 200, text: JSON.stringify(answer(dead)), afterEffect: true };
	const run = await bench.run(
		'generate',
		{ sizeWish: '' },
		{ account: { faults: { create } }, retryOnFail: { maxTries: 3 } },
	);
	expect(run.error).toBeUndefined();
	expect(run.items).toMatchObject([{ json: { index: 0, count: 2, width: 30, height: 20 } }]);
	expect(run.items[0]!.json).not.toHaveProperty('url');
	expect(run.hints).toMatchObject([
		{
			message: `Image 2 of 2 of item 0 is missing. The link to the picture doesn't work any more (HTTP 404). Fetch it from its link as long as that works. Link: ${dead}`,
		},
	]);
	expect(run.calls).toHaveLength(1);
});
