// What EvoLink's files host refuses while an edit brings its pictures there: told in its words, and nothing is ordered.
import { picture } from './pictures';
import { startBench, type Bench } from './setup';
import { creates } from './traffic';

let bench: Bench;
beforeAll(async () => {
	bench = await startBench();
});
afterAll(async () => await bench.close());

async function edit(upload: object) {
	const items = [{ binary: { data: await picture('png') } }];
	const run = await bench.image('edit', {}, { items, faults: { upload } });
	expect(creates(bench, run.key)).toEqual([]);
	expect(bench.sandbox.evolink.tasks(run.key)).toEqual([]);
	return run.error;
}

test.each([200, 400])('a number of its own under HTTP %i', async (status) => {
	const text = JSON.stringify({ success: false, code: 40003, msg: 'The quota is used up.' });
	expect(await edit({ status, text })).toMatchObject({
		message: 'EvoLink: The quota is used up.',
		description: expect.stringMatching(
			/^EvoLink takes JPEG, PNG, GIF and WebP pictures, .* limited number of files for 72 hours\. Nothing was charged for this request\.\nCode: 40003/,
		),
	});
});

test('too many uploads, told by such a number under HTTP 200', async () => {
	const text = JSON.stringify({ success: false, code: 42901, msg: 'Slow down.' });
	expect(await edit({ status: 200, text })).toMatchObject({
		message: 'EvoLink: Slow down.',
		description: expect.stringMatching(/^Too many requests in a short time\./),
	});
});
