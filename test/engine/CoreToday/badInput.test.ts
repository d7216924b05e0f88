// What a person may put in wrongly: told in words, before anything is sent or charged.
import type { IDataObject } from 'n8n-workflow';

import { picture } from '../EvoLink/pictures';
import { startBench, type Bench } from './setup';
import { expectRefusedUnsent, LINKS, model, OTHER_MODEL } from './traffic';

let bench: Bench;
beforeAll(async () => {
	bench = await startBench();
});
afterAll(async () => await bench.close());

const withOptions = (options: IDataObject) => ({ options });

const TRANSPARENT: [string, string] = [
	'openai/gpt-image-2 doesn\'t take the Background "transparent".',
	'Choose one of: auto, opaque.',
];
const NO_OBJECT: [string, string] = [
	"Additional Input isn't a JSON object.",
	'Write it like this: {"steps": 20, "style": "photo"}',
];

const cases: Array<[what: string, parameters: IDataObject, message: string, advice: string]> = [
	[
		'an aspect ratio of 16:9',
		{ size: '16:9' },
		'openai/gpt-image-2 doesn\'t take the Size "16:9".',
		'Choose one of: 1:1, 3:2, 2:3.',
	],
	['a transparent background', withOptions({ background: 'transparent' }), ...TRANSPARENT],
	[
		'a transparent background, as a WebP',
		withOptions({ background: 'transparent', outputFormat: 'webp' }),
		...TRANSPARENT,
	],
	[
		'an output folder that leads upwards',
		withOptions({ outputFolder: 'a/../../b' }),
		'The Output Folder "a/../../b" has two dots in a row, which Core.Today refuses.',
		'Name the folder from the top, such as campaigns/spring.',
	],
	[
		'an output folder of 257 characters',
		withOptions({ outputFolder: 'x'.repeat(257) }),
		'The Output Folder has 257 characters, at most 256 are taken.',
		'Shorten it in the Options.',
	],
	[
		'compression of a PNG',
		withOptions({ outputFormat: 'png', compression: 50 }),
		"A PNG can't be compressed by a percentage.",
		'Set Output Format to JPEG or WebP, or remove Compression from the Options.',
	],
	[
		'compression that is no number',
		withOptions({ compression: '={{ "much" }}' }),
		'Compression must be a number.',
		'Check the expression in this field.',
	],
	[
		'compression of 101',
		withOptions({ compression: 101 }),
		'Compression must be a whole number from 0 to 100.',
		'Change it in the Options.',
	],
	[
		'a format that there is not',
		withOptions({ outputFormat: 'gif' }),
		'openai/gpt-image-2 doesn\'t take the Output Format "gif".',
		'Choose one of: webp, png, jpeg.',
	],
	[
		'a quality that there is not',
		{ quality: 'ultra' },
		'openai/gpt-image-2 doesn\'t take the Quality "ultra".',
		'Choose one of: low, medium, high, auto.',
	],
	[
		'no image',
		{ numberOfImages: 0 },
		'openai/gpt-image-2 makes 1 to 10 images at a time, not 0.',
		'Set Number of Images to 1 to 10.',
	],
	[
		'eleven images',
		{ numberOfImages: 11 },
		'openai/gpt-image-2 makes 1 to 10 images at a time, not 11.',
		'Set Number of Images to 1 to 10.',
	],
	[
		'an empty prompt',
		{ prompt: ' ' },
		'The Prompt is empty.',
		'Describe the image you want in the Prompt field. If it is an expression, check that the item has that field.',
	],
	[
		'no model',
		model('={{ "" }}'),
		'No Model is chosen.',
		'Choose one from the list or enter its ID.',
	],
	['Additional Input that is a list', { ...OTHER_MODEL, additionalInput: '[1]' }, ...NO_OBJECT],
	['Additional Input that is a number', { ...OTHER_MODEL, additionalInput: '7' }, ...NO_OBJECT],
	['Additional Input that is null', { ...OTHER_MODEL, additionalInput: 'null' }, ...NO_OBJECT],
	[
		'Additional Input that is half an object',
		{ ...OTHER_MODEL, additionalInput: '{"steps": ' },
		...NO_OBJECT,
	],
	[
		'Additional Input that an expression makes a list',
		{ ...OTHER_MODEL, additionalInput: '={{ [1, 2] }}' },
		...NO_OBJECT,
	],
	[
		'a callback address that is none',
		{ completion: 'return', callbackUrl: 'my workflow' },
		'The Callback URL "my workflow" isn\'t a web address.',
		'Open the trigger node in the other workflow, copy its Production URL and paste it here.',
	],
];

test.each(cases)('%s', async (_what, parameters, message, advice) => {
	const run = await bench.run('image/generate', parameters);
	expectRefusedUnsent(bench, run, message, advice);
});

test('an edit without an image', async () => {
	const run = await bench.run('image/edit', { inputImages: { images: [] } });
	expectRefusedUnsent(
		bench,
		run,
		'There is no input image.',
		'Add one under Input Images: the name of a binary field, or a web address. To make an image from words alone, use the operation Generate.',
	);
});

test('a file of a kind that is not taken', async () => {
	const { content } = await picture('png');
	const svg = Buffer.from(`<svg><!-- ${content.length} --></svg>`);
	const run = await bench.run(
		'image/edit',
		{},
		{ items: [{ binary: { data: { content: svg, mimeType: 'image/svg+xml' } } }] },
	);
	expect(run.error?.message).toContain('input image "data"');
	expect(bench.sandbox.coreToday.predictions(run.key)).toEqual([]);
});

test('a folder of 256 characters and two images are no bad input', async () => {
	const outputFolder = 'x'.repeat(256);
	const options = { ...LINKS.options, outputFolder };
	const run = await bench.run('image/generate', { options, numberOfImages: 2 });
	expect(run.error).toBeUndefined();
	expect(run.items).toHaveLength(2);
	const made = bench.sandbox.coreToday.predictions(run.key);
	expect(made.map((each) => each.outputFolder)).toEqual([outputFolder, outputFolder]);
});

test('bad input of one item leaves the others alone', async () => {
	const run = await bench.run(
		'image/generate',
		{ ...LINKS, size: '={{ $json.size }}' },
		{
			items: ['1:1', '16:9', '3:2'].map((size) => ({ json: { size } })),
			onError: 'continueRegularOutput',
		},
	);
	expect(run.items.map(({ json }) => json.kind ?? json.status)).toEqual([
		'succeeded',
		'badInput',
		'succeeded',
	]);
	expect(bench.sandbox.coreToday.predictions(run.key)).toHaveLength(2);
});

test('a Test URL as Callback URL is refused where nobody tries the workflow out', async () => {
	const callbackUrl = 'https://n8n.example.com/webhook-test/1/x';
	const parameters = { completion: 'return', callbackUrl };
	const run = await bench.run('image/generate', parameters);
	expect(run.error?.message).toContain('The Callback URL is a Test URL');
	expect(run.error?.description).toContain('copy its Production URL');
	expect(run.items).toEqual([]);
});
