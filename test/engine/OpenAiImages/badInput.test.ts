// Parameters that don't fit: refused before anything is sent, in words that name the limit, the model and the mend.
import type { IDataObject } from 'n8n-workflow';

import { model, startBench, type Bench } from './setup';
import { callOf, expectRefusedUnsent, SMALL } from './traffic';

let bench: Bench;
beforeAll(async () => {
	bench = await startBench();
});
afterAll(async () => await bench.close());

const custom = (customSize: string) => ({ size: 'custom', customSize });
const options = (given: IDataObject) => ({ options: given });
const ELSE = 'Change the size, for instance to 1024x1024.';
const COUNT_ADVICE = 'Set Number of Images to 1 to 10.';

const CASES: Array<[string, IDataObject, string, string]> = [
	[
		'a prompt that comes out empty',
		{ prompt: '={{ $json.missing }}' },
		'The Prompt is empty.',
		'Describe the image you want in the Prompt field. If it is an expression, check that the item has that field.',
	],
	[
		'a prompt of 32,001 characters',
		{ prompt: '가'.repeat(32_001) },
		'gpt-image-2 takes a Prompt of at most 32,000 characters, this one has 32,001.',
		'Shorten the Prompt.',
	],
	[
		'1000x1000',
		custom('1000x1000'),
		'gpt-image-2 doesn\'t take the Size "1000x1000": both sides must be divisible by 16.',
		'Change the size, for instance to 1008x1008 or 1024x1024.',
	],
	[
		'4096x4096',
		custom('4096 × 4096'),
		'gpt-image-2 doesn\'t take the Size "4096x4096": at most 3840 × 2160 pixels are possible.',
		ELSE,
	],
	[
		'a strip',
		custom('2048x512'),
		'gpt-image-2 doesn\'t take the Size "2048x512": the longer side may be at most 3 times the shorter one.',
		ELSE,
	],
	[
		'a stamp',
		custom('256x256'),
		'gpt-image-2 doesn\'t take the Size "256x256": 655,360 to 8,294,400 pixels in all are possible, this is 65,536.',
		ELSE,
	],
	[
		'a size in words',
		custom('large'),
		'gpt-image-2 doesn\'t take the Size "large".',
		'Enter width and height in pixels, such as 1536x1024, or choose Automatic.',
	],
	[
		'a free size for a model with fixed ones',
		{ ...model('gpt-image-1.5'), size: '1792x1008' },
		'gpt-image-1.5 doesn\'t take the Size "1792x1008".',
		'Choose one of: auto, 1024x1024, 1536x1024, 1024x1536.',
	],
	[
		'a quality of the newest model',
		{ quality: 'max' },
		'gpt-image-2 doesn\'t take the Quality "max".',
		'Choose one of: auto, low, medium, high.',
	],
	[
		'transparent with JPEG',
		options({ background: 'transparent', outputFormat: 'jpeg' }),
		"A JPEG can't have a transparent background.",
		'Set Output Format to PNG or WebP, or Background to another value.',
	],
	[
		'compression 101',
		options({ compression: 101, outputFormat: 'jpeg' }),
		'Compression must be a whole number from 0 to 100.',
		'Change it in the Options.',
	],
	[
		'compression that is no number',
		options({ compression: '={{ "much" }}', outputFormat: 'jpeg' }),
		'Compression must be a number.',
		'Check the expression in this field.',
	],
	[
		'compression of a PNG',
		options({ compression: 50 }),
		"A PNG can't be compressed by a percentage.",
		'Set Output Format to JPEG or WebP, or remove Compression from the Options.',
	],
	[
		'an output format that does not exist',
		options({ outputFormat: '={{ "bmp" }}' }),
		'gpt-image-2 doesn\'t take the Output Format "bmp".',
		'Choose one of: png, jpeg, webp.',
	],
	[
		'n=11',
		{ numberOfImages: 11 },
		'gpt-image-2 makes 1 to 10 images at a time, not 11.',
		COUNT_ADVICE,
	],
	[
		'n=0',
		{ numberOfImages: 0 },
		'gpt-image-2 makes 1 to 10 images at a time, not 0.',
		COUNT_ADVICE,
	],
	[
		'a number that is none',
		{ numberOfImages: '={{ "many" }}' },
		'Number of Images must be a number.',
		'Check the expression in this field.',
	],
	[
		'an output field that is a list',
		options({ binaryPropertyOutput: '={{ ["a", "b"] }}' }),
		'Put Output File in Field must be text, but it is a list.',
		'Check the expression in this field: it should lead to one text.',
	],
	[
		'no model',
		model('={{ "" }}'),
		'No Model is chosen.',
		'Choose one from the list or enter its ID.',
	],
];

test.each(CASES)('%s', async (_, parameters, message, advice) => {
	const run = await bench.run('image/generate', parameters);
	expectRefusedUnsent(bench, run, message, advice);
});

test('the same holds for background tasks and for batches', async () => {
	const parameters = { ...custom('1000x1000'), completion: 'return' };
	for (const operation of ['image/generate', 'batch/create']) {
		expectRefusedUnsent(
			bench,
			await bench.run(operation, parameters),
			'gpt-image-2 doesn\'t take the Size "1000x1000": both sides must be divisible by 16.',
			'Change the size, for instance to 1008x1008 or 1024x1024.',
		);
	}
});

test('a dated name of a model has its model’s limits', async () => {
	const run = await bench.run('image/generate', {
		...model('gpt-image-2-2026-04-21'),
		...custom('1000x1000'),
	});
	expect(run.error?.message).toContain('both sides must be divisible by 16');
});

test('what an unknown model might take can be sent', async () => {
	const account = { faults: { alive: ['flux-of-tomorrow'] } };
	const parameters = { ...model('flux-of-tomorrow'), ...SMALL, quality: 'max' };
	const run = await bench.run('image/generate', parameters, { account });
	expect(run.error).toBeUndefined();
	expect(callOf(bench, run.key).parameters).toMatchObject({
		model: 'flux-of-tomorrow',
		quality: 'max',
	});
	expect(run.items[0]!.json).not.toHaveProperty('cost');
});

test('a prompt of 32,000 characters goes through', async () => {
	const prompt = 'a'.repeat(32_000);
	const run = await bench.run('image/generate', { ...SMALL, prompt });
	expect(run.error).toBeUndefined();
	expect(callOf(bench, run.key).status).toBe(200);
});
