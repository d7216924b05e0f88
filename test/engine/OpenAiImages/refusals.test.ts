// What OpenAI refuses: told apart by kind, in its words and with what to do, asked once and charged nothing.
import type { IDataObject } from 'n8n-workflow';

import { picture } from '../EvoLink/pictures';
import { model, startBench, type Bench, type RunWith } from './setup';
import { expectRefusedByOpenAi, requestsOf, SMALL, spentBy } from './traffic';

let bench: Bench;
beforeAll(async () => {
	bench = await startBench();
});
afterAll(async () => await bench.close());

const generate = async (prompt: string, more: IDataObject = {}, options: RunWith = {}) =>
	await bench.run('image/generate', { ...SMALL, prompt, ...more }, options);

const UNCHANGED = 'sent again unchanged, they will be refused again.';

test.each([
	['input', "OpenAI's safety check refused the request (violence): "],
	[
		'output',
		'OpenAI drew the image, but its safety check held it back (violence, graphic_violence): ',
	],
])('moderation on %s: the stage and the categories', async (stage, told) => {
	const run = await generate(`A fight [sandbox: moderation=${stage}]`);
	expectRefusedByOpenAi(
		bench,
		run,
		`${told}Your request was rejected by the safety system. If you believe this is an error, contact support.`,
		[UNCHANGED, 'Code: moderation_blocked', 'HTTP status: 400'],
	);
});

test('moderation of an edit', async () => {
	const items = [{ binary: { data: await picture('png') } }];
	const parameters = { prompt: 'A fight [sandbox: moderation=input]' };
	const run = await bench.run('image/edit', parameters, { items });
	expect(run.error?.description).toContain(UNCHANGED);
	expect(requestsOf(bench, run.key)).toHaveLength(1);
});

test('a quota that is used up is not asked again', async () => {
	const run = await generate('A boat', {}, { account: { quota: 0 } });
	expectRefusedByOpenAi(
		bench,
		run,
		'OpenAI: You exceeded your current quota, please check your plan and billing details.',
		[
			'The quota of this account is used up.',
			'platform.openai.com > Settings > Billing',
			'Nothing was charged for this request.',
			'Code: insufficient_quota · HTTP status: 429',
		],
	);
});

test('a rate limit is waited for', async () => {
	const run = await generate('A boat [sandbox: create=429 retry-after-ms=20 times=2]');
	expect(run.error).toBeUndefined();
	expect(requestsOf(bench, run.key).map(({ status }) => status)).toEqual([429, 429, 200]);
	expect(spentBy(bench, run.key).images).toBe(1);
});

test('a rate limit that does not end is told with what to do', async () => {
	const run = await generate('A boat [sandbox: create=429 retry-after-ms=5]');
	expect(run.error?.message).toMatch(/^OpenAI: Rate limit reached/);
	expect(run.error?.description).toContain('Lower Concurrency in the Options');
	expect(run.error?.description).toContain('Code: rate_limit_exceeded');
	expect(requestsOf(bench, run.key)).toHaveLength(5);
});

test('a rate limit for longer than anybody waits is told at once', async () => {
	const run = await generate('A boat [sandbox: create=429 retry-after=3600]');
	expect(run.error?.message).toMatch(/^OpenAI: Rate limit reached/);
	expect(requestsOf(bench, run.key)).toHaveLength(1);
});

test('a model that is gone', async () => {
	const run = await generate('A boat', { ...model('gpt-image-1'), size: '1024x1024' });
	expectRefusedByOpenAi(
		bench,
		run,
		'OpenAI: The model `gpt-image-1` has been shut down. See https://platform.openai.com/docs/deprecations for what to use instead.',
		['Open the Model field and choose one from the list', 'Code: model_not_found'],
	);
});

test('an organization that is not verified', async () => {
	const run = await generate('A boat', {}, { account: { organizationVerified: false } });
	expectRefusedByOpenAi(
		bench,
		run,
		'OpenAI: Your organization must be verified to use the model `gpt-image-2`. Please go to https://platform.openai.com/settings/organization/general and click on Verify Organization.',
		[
			'OpenAI gives this model only to verified organizations.',
			'Until then, choose another model.',
			'HTTP status: 403',
		],
	);
});

test('an unknown parameter is named', async () => {
	// Shown for models that aren't OpenAI's own, it reaches a server that takes nothing else.
	const account = { faults: { alive: ['tomorrow-draws'] } };
	const parameters = { ...model('tomorrow-draws'), options: { style: 'vivid' } };
	const run = await generate('A boat', parameters, { account });
	expectRefusedByOpenAi(bench, run, "OpenAI: Unknown parameter: 'style'.", [
		"Remove the named setting from the Options: this model doesn't have it. Nothing was charged for this request.",
		'Code: unknown_parameter',
	]);
});

test('a value that only OpenAI knows to be wrong is named', async () => {
	const run = await generate('A boat', { options: { moderation: '={{ "strict" }}' } });
	expectRefusedByOpenAi(
		bench,
		run,
		"OpenAI: Invalid value: 'strict'. Supported values are: 'auto' and 'low'. (setting: Moderation)",
		['Change the named setting and run this again. Nothing was charged for this request.'],
	);
});

test('a wrong key, and none', async () => {
	const wrong = await generate('A boat', {}, { key: 'sk-of-somebody-else' });
	expect(wrong.error?.message).toMatch(/^OpenAI: Incorrect API key provided: sk-of-so\*+else\./);
	expect(wrong.error?.description).toContain(
		'Open the OpenAI credential and check the API Key, the Organization and the Project.',
	);
	expect(requestsOf(bench, wrong.key)).toHaveLength(1);

	const none = await generate('A boat', {}, { credential: { apiKey: '' } });
	expect(none.error?.message).toBe('The API Key is empty: enter it in the credential.');
	expect(spentBy(bench, none.key).images).toBe(0);
});

test('a web page in place of the API: the Base URL is doubted', async () => {
	const run = await generate('A boat', {}, { credential: { baseUrl: bench.sandbox.url } });
	expect(run.error?.message).toMatch(/^OpenAI/);
	expect(run.error?.description).toContain('Base URL in the credential');
});

test('with Continue On Fail each item carries its own refusal', async () => {
	const prompts = ['A boat', 'A fight [sandbox: moderation=input]', '', 'A boat [sandbox: quota]'];
	const run = await bench.run(
		'image/generate',
		{ ...SMALL, prompt: '={{ $json.prompt }}' },
		{ items: prompts.map((prompt) => ({ json: { prompt } })), onError: 'continueRegularOutput' },
	);
	expect(run.status).toBe('success');
	expect(run.items.map(({ json, pairedItem }) => [json.kind ?? json.status, pairedItem])).toEqual([
		['succeeded', { item: 0 }],
		['moderation', { item: 1 }],
		['badInput', { item: 2 }],
		['balance', { item: 3 }],
	]);
	expect(run.items[1]!.json).toMatchObject({ code: 'moderation_blocked', httpStatus: 400 });
	expect(spentBy(bench, run.key).images).toBe(1);
});
