// On Error: Continue. Each input item gives its images or one item that says what failed, and where the work is.
import { startBench, type Bench } from './setup';
import { creates, SMALL } from './traffic';

let bench: Bench;
beforeAll(async () => {
	bench = await startBench();
});
afterAll(async () => await bench.close());

const parameters = {
	...SMALL,
	prompt: '={{ $json.prompt }}',
	options: { timeLimitSeconds: 10 },
};

const prompts = [
	'A kite',
	'',
	'A kite [sandbox: fail=content_policy_violation]',
	'A kite [sandbox: never]',
	'A kite [sandbox: download=dead]',
	'A kite [sandbox: paid-outcome-unknown]',
	'Another kite',
];
const items = prompts.map((prompt, number) => ({ json: { prompt, number } }));
const promptOf = ({ json: { prompt } }: (typeof items)[number]) =>
	prompt === '' ? {} : { prompt };

/** The items that fail. */
const failing = items.slice(1, 6);

function failuresOf(key: string) {
	const tasks = bench.sandbox.evolink.tasks(key);
	const idOf = (part: string) => tasks.find(({ prompt }) => prompt.includes(part))!.id;
	const failures = [
		{
			error: 'The Prompt is empty.',
			kind: 'badInput',
			advice: expect.stringContaining('Describe the image you want'),
		},
		{
			error: 'EvoLink: The request was refused by the content policy.',
			kind: 'moderation',
			advice: expect.stringContaining('Change the Prompt'),
			code: 'content_policy_violation',
			taskId: idOf('content_policy'),
		},
		{
			error: 'The images were not ready within 10 seconds.',
			kind: 'timeLimit',
			advice: expect.stringContaining('nothing is lost'),
			taskId: idOf('never'),
		},
		{
			error: "The link to the picture doesn't work any more (HTTP 404).",
			kind: 'download',
			advice: expect.stringContaining('Task: Get'),
			httpStatus: 404,
			taskId: idOf('dead'),
		},
		{
			error:
				'EvoLink: The outcome of this paid request is unknown. Look the task up before sending it again.',
			kind: 'outcomeUnknown',
			advice: expect.stringContaining('Task: Get Many'),
			code: 'paid_outcome_unknown',
			httpStatus: 500,
		},
	];
	const free = ['badInput', 'moderation'];
	return failures.map((failure) => ({
		...failure,
		status: 'failed',
		mayBeCharged: !free.includes(failure.kind),
	}));
}

test.concurrent('in the regular output: one item for each input, in order', async () => {
	const run = await bench.image('generate', parameters, {
		items,
		onError: 'continueRegularOutput',
	});
	expect(run.status).toBe('success');
	expect(run.items.map(({ pairedItem }) => pairedItem)).toEqual(items.map((_, item) => ({ item })));
	expect(run.items.slice(1, 6).map(({ json }) => json)).toEqual(
		failuresOf(run.key).map((failure, index) => ({ ...failing[index]!.json, ...failure })),
	);
	expect([run.items[0]!.json.status, run.items[6]!.json.status]).toEqual([
		'succeeded',
		'succeeded',
	]);
	expect(creates(bench, run.key)).toHaveLength(6);
});

test.concurrent(
	'in the error output: the failed items with their input, the images apart',
	async () => {
		const run = await bench.image('generate', parameters, {
			items,
			onError: 'continueErrorOutput',
		});
		const [images, failed] = run.outputs;
		expect(run.status).toBe('success');
		expect(images!.map(({ json, pairedItem }) => [json.status, pairedItem])).toEqual([
			['succeeded', { item: 0 }],
			['succeeded', { item: 6 }],
		]);
		const failures = failuresOf(run.key);
		expect(failed!.map(({ json }) => json)).toEqual(
			// n8n tells a failed item by its json, which may hold nothing beside these two.
			failures.map(({ error: message, ...error }, index) => ({
				...failing[index]!.json,
				error: { ...error, ...promptOf(failing[index]!) },
				message,
			})),
		);
	},
);

test.concurrent('what concerns all items, such as a wrong key, is told on each', async () => {
	const run = await bench.image('generate', parameters, {
		items: items.slice(0, 3),
		onError: 'continueRegularOutput',
		credential: { apiKey: 'sk-wrong' },
	});
	expect(run.items.map(({ json }) => json.kind)).toEqual(['auth', 'badInput', 'auth']);
	expect(bench.sandbox.evolink.tasks(run.key)).toEqual([]);
});
