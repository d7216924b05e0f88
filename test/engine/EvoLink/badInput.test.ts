// Parameters that don't fit: refused before anything is sent, in words that name the limit, the model and the mend.
import type { IDataObject } from 'n8n-workflow';

import { startBench, type Bench } from './setup';
import { expectRefusedUnsent, model, requestsOf } from './traffic';

let bench: Bench;
beforeAll(async () => {
	bench = await startBench();
});
afterAll(async () => await bench.close());

interface Case {
	what: string;
	parameters: IDataObject;
	message: string;
	advice: string;
}

const S1 = model('gpt-4o-image');
const S2 = model('gpt-image-1');
const EMPTY_PROMPT_ADVICE =
	'Describe the image you want in the Prompt field. If it is an expression, check that the item has that field.';
const NO_TEXT_ADVICE = 'Check the expression in this field: it should lead to one text.';

const cases: Case[] = [
	{
		what: 'a prompt that comes out empty',
		parameters: { prompt: '={{ "" }}' },
		message: 'The Prompt is empty.',
		advice: EMPTY_PROMPT_ADVICE,
	},
	{
		what: 'a prompt of blanks',
		parameters: { prompt: ' \n\t ' },
		message: 'The Prompt is empty.',
		advice: EMPTY_PROMPT_ADVICE,
	},
	{
		what: 'a prompt from a field that the item lacks',
		parameters: { prompt: '={{ $json.missing }}' },
		message: 'The Prompt is empty.',
		advice: EMPTY_PROMPT_ADVICE,
	},
	{
		what: 'an object for a prompt',
		parameters: { prompt: '={{ { text: "A cat" } }}' },
		message: 'Prompt must be text, but it is of the type object.',
		advice: NO_TEXT_ADVICE,
	},
	{
		what: 'a list for a prompt',
		parameters: { prompt: '={{ ["A cat", "A dog"] }}' },
		message: 'Prompt must be text, but it is a list.',
		advice: NO_TEXT_ADVICE,
	},
	{
		what: 'a prompt that is too long for the current models',
		parameters: { prompt: 'A'.repeat(32_001) },
		message: 'gpt-image-2 takes a Prompt of at most 32,000 characters, this one has 32,001.',
		advice: 'Shorten the Prompt.',
	},
	{
		what: 'three images of S1',
		parameters: { ...S1, numberOfImages: 3 },
		message: 'gpt-4o-image makes 1, 2 or 4 images at a time, not 3.',
		advice: 'Set Number of Images to 1, 2 or 4.',
	},
	{
		what: 'eleven images of S2',
		parameters: { ...S2, numberOfImages: 11 },
		message: 'gpt-image-1 makes 1 to 10 images at a time, not 11.',
		advice: 'Set Number of Images to 1 to 10.',
	},
	{
		what: 'two and a half images',
		parameters: { numberOfImages: 2.5 },
		message: 'gpt-image-2 makes 1 to 10 images at a time, not 2.5.',
		advice: 'Set Number of Images to 1 to 10.',
	},
	{
		what: 'a word for the number of images',
		parameters: { numberOfImages: '={{ "two" }}' },
		message: 'Number of Images must be a number.',
		advice: 'Check the expression in this field.',
	},
	{
		what: 'a size that S1 lacks',
		parameters: { ...S1, size: '16:9' },
		message: 'gpt-4o-image doesn\'t take the Size "16:9".',
		advice: 'Choose one of: 1:1, 2:3, 3:2, 1024x1024, 1024x1536, 1536x1024.',
	},
	{
		what: 'a quality that S2 lacks',
		parameters: { ...S2, quality: 'max' },
		message: 'gpt-image-1 doesn\'t take the Quality "max".',
		advice: 'Choose one of: low, medium, high.',
	},
	{
		what: 'a quality on S1, which has none',
		parameters: {
			model: { __rl: true, mode: 'id', value: '={{ "gpt-4o-image" }}' },
			quality: 'high',
		},
		message: 'gpt-4o-image has no setting "Quality".',
		advice: 'Leave Quality on its default, or choose another model.',
	},
	{
		what: 'a resolution without an aspect ratio',
		parameters: { size: '1024x1024', options: { resolution: '2K' } },
		message: 'The Resolution "2K" works only with an aspect ratio, not with the size "1024x1024".',
		advice:
			'Choose an aspect ratio such as 16:9 under Size, or take Resolution out of the Options.',
	},
	{
		what: 'a resolution with an automatic size',
		parameters: { size: '', options: { resolution: '4K' } },
		message: 'The Resolution "4K" works only with an aspect ratio, not with an automatic size.',
		advice:
			'Choose an aspect ratio such as 16:9 under Size, or take Resolution out of the Options.',
	},
	{
		what: 'no model',
		parameters: model('={{ $json.missing }}'),
		message: 'No Model is chosen.',
		advice: 'Choose one from the list or enter its ID.',
	},
	{
		what: 'a time limit of nothing',
		parameters: { options: { timeLimitSeconds: 0 } },
		message: 'Time Limit (Seconds) must be a number of at least 1.',
		advice: 'Change it in the Options.',
	},
	{
		what: 'a word for the concurrency',
		parameters: { options: { concurrency: '={{ "many" }}' } },
		message: 'Concurrency must be a number of at least 1.',
		advice: 'Change it in the Options.',
	},
];

test.each(cases)(
	'$what is refused, and nothing is sent',
	async ({ parameters, message, advice }) => {
		const run = await bench.image('generate', parameters);
		expectRefusedUnsent(bench, run, message, advice);
	},
);

test('a prompt that was never filled in is refused by n8n itself', async () => {
	await expect(bench.image('generate', { prompt: '' })).rejects.toThrow(
		'Parameter "Prompt" is required',
	);
});

test('a number of images that comes as text is taken as the number it is', async () => {
	const run = await bench.image('generate', {
		numberOfImages: '={{ "2" }}',
		completion: 'return',
	});
	expect(run.error).toBeUndefined();
	expect(bench.sandbox.evolink.tasks(run.key)).toMatchObject([{ n: 2 }]);
});

test('a number for a prompt is taken as text', async () => {
	const run = await bench.image('generate', { prompt: '={{ 2026 }}', completion: 'return' });
	expect(run.error).toBeUndefined();
	expect(bench.sandbox.evolink.tasks(run.key)).toMatchObject([{ prompt: '2026' }]);
});

test('what only the provider can judge is told in its words, with what to do', async () => {
	const run = await bench.image('generate', { size: 'custom', customSize: '1000x1000' });
	expect(run.error).toMatchObject({
		message: 'EvoLink: size must have sides divisible by 16.',
		description: expect.stringMatching(
			/^Change the named setting and run this again\. Nothing was charged for this request\.\nCode: invalid_parameter · HTTP status: 400 · Request ID: req_\w+$/,
		),
	});
	expect(requestsOf(bench, run.key)).toHaveLength(1);
	expect(bench.sandbox.evolink.tasks(run.key)).toEqual([]);
});
