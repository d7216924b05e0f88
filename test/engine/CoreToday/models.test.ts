// Models beside GPT Image 2: Additional Input is passed on as it is.
import { CoreToday } from '../../../nodes/CoreToday/CoreToday.node';
import { picture } from '../EvoLink/pictures';
import { startBench, type Bench } from './setup';
import { LINKS, model, OTHER_MODEL } from './traffic';

let bench: Bench;
beforeAll(async () => {
	bench = await startBench();
});
afterAll(async () => await bench.close());

const inputOf = (key: string) => bench.sandbox.coreToday.predictions(key)[0]!.input;

describe.each(['A', 'B'] as const)('in dialect %s', (dialect) => {
	test.concurrent('Additional Input is passed on, and wins over the fields', async () => {
		const additional = { steps: 20, style: { name: '수채화', tags: ['a', 1, null] }, seed: 7 };
		const run = await bench.run(
			'image/generate',
			{
				...OTHER_MODEL,
				size: 'custom',
				customSize: '16:9',
				additionalInput: JSON.stringify({ ...additional, prompt: 'Another prompt' }),
			},
			{ account: { dialect } },
		);
		expect(run.error).toBeUndefined();
		expect(inputOf(run.key)).toEqual({
			prompt: 'Another prompt',
			aspect_ratio: '16:9',
			...additional,
		});
		expect(run.items[0]!.json).toMatchObject({ model: 'sandbox/any-model', mimeType: 'image/png' });
		expect(run.items[0]!.json.cost).toBeUndefined();
	});

	test.concurrent('a model that makes several images at once gives them all', async () => {
		const run = await bench.run(
			'image/generate',
			{ ...OTHER_MODEL, ...LINKS, additionalInput: { number_of_images: 3 } },
			{ account: { dialect } },
		);
		expect(run.error).toBeUndefined();
		expect(run.items.map(({ json }) => [json.index, json.count])).toEqual([
			[0, 3],
			[1, 3],
			[2, 3],
		]);
		expect(new Set(run.items.map(({ json }) => json.url)).size).toBe(3);
	});
});

test.concurrent('a model that an expression names gets its Additional Input too', async () => {
	const run = await bench.run(
		'image/generate',
		{ ...LINKS, ...model('={{ $json.model }}'), additionalInput: '{"steps": 20}' },
		{ items: [{ json: { model: 'sandbox/any-model' } }] },
	);
	expect(run.error).toBeUndefined();
	expect(inputOf(run.key)).toEqual({ prompt: 'A red bicycle', quality: 'medium', steps: 20 });
});

test.concurrent('an object from an expression is taken as it is', async () => {
	const run = await bench.run(
		'image/generate',
		{ ...LINKS, ...OTHER_MODEL, additionalInput: '={{ $json.settings }}' },
		{ items: [{ json: { settings: { steps: 4 } } }] },
	);
	expect(inputOf(run.key)).toEqual({ prompt: 'A red bicycle', steps: 4 });
});

test.concurrent('the prompt may stand in Additional Input alone', async () => {
	const parameters = { ...LINKS, ...model('flux-schnell'), prompt: '={{ "" }}' };
	const run = await bench.run('image/generate', {
		...parameters,
		additionalInput: '{"prompt": "A kite"}',
	});
	expect(run.error).toBeUndefined();
	expect(inputOf(run.key).prompt).toBe('A kite');
});

test.concurrent('files for another model', async () => {
	const data = await picture('png');
	const run = await bench.run(
		'image/edit',
		{ ...LINKS, ...OTHER_MODEL, additionalInput: '{"strength": 0.5}' },
		{ items: [{ binary: { data } }] },
	);
	expect(run.error).toBeUndefined();
	const [prediction] = bench.sandbox.coreToday.predictions(run.key);
	expect(prediction!.files).toMatchObject([{ way: 'multipart', type: 'image/png' }]);
	expect(prediction!.input.strength).toBe(0.5);
});

test.concurrent(
	'Additional Input of GPT Image 2, left over from another model, is not sent',
	async () => {
		const run = await bench.run('image/generate', { ...LINKS, additionalInput: '{"steps": 20}' });
		expect(run.error).toBeUndefined();
		expect(inputOf(run.key)).toEqual({ prompt: 'A red bicycle', quality: 'medium' });
	},
);

test.concurrent('a model that there is not', async () => {
	const run = await bench.run('image/generate', model('nobody/nothing'));
	expect(run.error?.message).toBe('Core.Today: The model "nobody/nothing" does not exist.');
	expect(run.error?.description).toContain(
		'Check the Model: it is written as OWNER/NAME, such as openai/gpt-image-2.',
	);
});

test.concurrent('the list of models', async () => {
	const found = await bench.engine.listSearch({ node: new CoreToday(), method: 'searchModels' });
	const id = 'openai/gpt-image-2';
	expect(found.results).toEqual([{ name: 'GPT Image 2 · best text', value: id, description: id }]);
});
