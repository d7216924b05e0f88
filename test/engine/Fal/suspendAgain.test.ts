// Waiting: Pause Until the Images Are Ready, in an execution that a person retries: what is made and paid for is taken up.
import { modelById, startBench, type Bench } from './setup';

let bench: Bench;
beforeAll(async () => {
	bench = await startBench();
});
afterAll(async () => await bench.close());

test('an item that is finished is made once, however often the execution is retried', async () => {
	const { fal } = bench.sandbox;
	const key = fal.addKey({ faults: { seconds: 0 } });
	const prompts = ['Good', 'Bad [sandbox: fail=internal_server_error]'];
	const parameters = {
		model: modelById('fal-ai/flux/dev'),
		prompt: '={{ $json.prompt }}',
		completion: 'suspend',
		options: { output: 'link', concurrency: 1 },
	};
	// The prompt stands first, and the item that waits has one of its own.
	const items = prompts.map((prompt, id) => ({ json: { prompt, id } }));
	const options = { key, items, suspendable: true };
	let run = await bench.run('image/generate', parameters, options);
	fal.setFaults(key, { seconds: 600 });
	for (let retries = 0; retries < 2; retries++) {
		const again = await bench.run('image/generate', parameters, { ...options, retryOf: run });
		expect(again.status).toBe('waiting');
		const { id } = fal.tasks(key).at(-1)!;
		fal.finishTask(id);
		run = { ...(await again.resumed()), key };
		expect(run.status).toBe('error');
	}
	const made = fal.tasks(key).map(({ input }) => (input as { prompt: string }).prompt);
	expect(made).toEqual(['Good', ...Array(3).fill(prompts[1])]);
});

test('an item is put aside again for the one format that is ordered anew', async () => {
	const { fal } = bench.sandbox;
	const key = fal.addKey({ faults: { seconds: 0 } });
	const parameters = {
		model: modelById('fal-ai/flux/dev'),
		prompt: '={{ $json.prompt }}',
		size: 'formats',
		formats: ['square', 'wide'],
		completion: 'suspend',
		options: { output: 'link', concurrency: 1, timeLimitSeconds: 3 },
	};
	const prompts = ['A kite [sandbox: create=400 times=1]', ''];
	const options = {
		key,
		items: prompts.map((prompt) => ({ json: { prompt } })),
		suspendable: true,
	};
	const run = await bench.run('image/generate', parameters, options);
	expect(run.error!.message).toBe('The Prompt is empty.');
	expect(fal.tasks(key)).toHaveLength(1);

	fal.setFaults(key, { seconds: 600 });
	const prompt = '={{ $json.prompt || "A boat [sandbox: seconds=0]" }}';
	const again = await bench.run(
		'image/generate',
		{ ...parameters, prompt },
		{ ...options, retryOf: run },
	);
	expect(again.status).toBe('waiting');
	const open = fal.tasks(key).filter(({ status }) => status !== 'succeeded');
	expect(open).toHaveLength(1);
	fal.finishTask(open[0]!.id);
	const { items, hints } = await again.resumed();
	expect(items.map(({ json }) => json.status)).toEqual(Array(4).fill('succeeded'));
	expect(hints).toEqual([]);
	expect(fal.tasks(key)).toHaveLength(4);
});
