// Image: Vary. OpenAI has retired it and says so; servers that still have it make variations.
import { picture } from '../EvoLink/pictures';
import { startBench, type Bench } from './setup';
import { callOf, expectRefusedByOpenAi, expectRefusedUnsent, SMALL } from './traffic';

const SQUARE = { width: 256, height: 256 };

let bench: Bench;
beforeAll(async () => {
	bench = await startBench();
});
afterAll(async () => await bench.close());

test('OpenAI says that it is retired, and the node says what to do', async () => {
	const items = [{ binary: { data: await picture('png', SQUARE) } }];
	const run = await bench.run('image/vary', {}, { items });
	expectRefusedByOpenAi(
		bench,
		run,
		'OpenAI: The image variations endpoint has been retired. Use the image edits endpoint with a GPT Image model instead.',
		['Use the operation Edit', 'Code: endpoint_retired', 'HTTP status: 404'],
	);
});

test('a server that still has it answers links or base64', async () => {
	const account = { faults: { alive: ['dall-e-2'] } };
	const items = [{ binary: { data: await picture('png', SQUARE) } }];
	const parameters = { size: '256x256', numberOfImages: 2 };
	const run = await bench.run('image/vary', parameters, { account, items });
	expect(run.error).toBeUndefined();
	expect(run.items.map(({ json }) => [json.index, json.model, json.width])).toEqual([
		[0, 'dall-e-2', 256],
		[1, 'dall-e-2', 256],
	]);
	expect((await run.binary(1)).length).toBe(run.items[1]!.json.fileSize);
	expect(callOf(bench, run.key)).toMatchObject({
		route: 'images/variations',
		parameters: { model: 'dall-e-2', n: '2', size: '256x256' },
		imagesIn: [SQUARE],
	});
});

test('a size is taken as what it means, or refused before anything is sent', async () => {
	const account = { faults: { alive: ['dall-e-2'] } };
	const items = [{ binary: { data: await picture('png', SQUARE) } }];
	const run = await bench.run('image/vary', { size: '256 × 256 px' }, { account, items });
	expect(run.error).toBeUndefined();
	expect(callOf(bench, run.key).parameters).toMatchObject({ size: '256x256' });
	expectRefusedUnsent(
		bench,
		await bench.run('image/vary', { size: 'landscape' }, { account, items }),
		'The Size "landscape" can\'t be read.',
		'Write an aspect ratio such as 16:9, width and height in pixels such as 1536x1024, or auto.',
	);
});

test('what such a server refuses is told in its words', async () => {
	const account = { faults: { alive: ['dall-e-2'] } };
	const items = [{ binary: { data: await picture('png', { width: 256, height: 128 }) } }];
	const run = await bench.run('image/vary', { size: '256x256' }, { account, items });
	expectRefusedByOpenAi(bench, run, 'OpenAI: Uploaded image must be a square PNG.', [
		'Change the named setting and run this again. Nothing was charged for this request.',
	]);
});

test('two pictures, or none, are refused before anything is sent', async () => {
	const data = await picture('png', SQUARE);
	const images = [{ source: 'binary', binaryPropertyName: 'data, data' }];
	expectRefusedUnsent(
		bench,
		await bench.run('image/vary', { inputImages: { images } }, { items: [{ binary: { data } }] }),
		'dall-e-2 takes at most 1 input image, 2 were given.',
		'Take away 1 of them.',
	);
	const none = await bench.run('image/vary', { inputImages: {} });
	expect(none.error?.message).toBe('There is no input image.');
});

test('models that draw from words still draw on such servers, with their own settings', async () => {
	const account = { faults: { alive: ['dall-e-3'] } };
	const parameters = {
		model: { __rl: true, mode: 'id', value: 'dall-e-3' },
		size: '1024x1024',
		options: { style: 'natural', response_format: 'b64_json' },
	};
	const run = await bench.run('image/generate', parameters, { account });
	expect(run.error).toBeUndefined();
	expect(run.items[0]!.json).toMatchObject({ revisedPrompt: 'A red bicycle', width: 1024 });
	expect(callOf(bench, run.key).parameters).toMatchObject({
		style: 'natural',
		response_format: 'b64_json',
	});

	// The same settings are neither shown nor sent for models that refuse them.
	const plain = await bench.run('image/generate', { ...SMALL, options: parameters.options });
	expect(plain.error).toBeUndefined();
	expect(Object.keys(callOf(bench, plain.key).parameters)).toEqual([
		'model',
		'prompt',
		'n',
		'size',
	]);
});
