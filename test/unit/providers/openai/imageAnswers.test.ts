// The Images API: what comes back, from OpenAI and from servers that are like it.
import type { ImagesResponse } from 'openai/resources/images';

import { readImages } from '../../../../providers/openai/images';
import { answerWith, failureOf, RECEIVED_AT, requestWith } from '../support';

describe('the answer', () => {
	const usage = {
		input_tokens: 60,
		input_tokens_details: { image_tokens: 40, text_tokens: 20 },
		output_tokens: 7024,
		total_tokens: 7084,
	};
	/** What the official client says that OpenAI answers, with references in place of its pictures. */
	const ANSWER: ImagesResponse = {
		created: 1795176000,
		background: 'opaque',
		data: [{ b64_json: 'stored:1' }, { b64_json: 'stored:2' }],
		output_format: 'png',
		quality: 'high',
		size: '1024x1024',
		usage,
	};
	const request = requestWith({ size: '1024x1024', quality: 'high' });
	const BASE = 'https://gateway.test/v1';
	const read = (body: unknown) => readImages(answerWith({ body }), request, BASE);

	it('leaves nothing of its pictures in its raw facts', () => {
		const images = [{ url: 'https://files.test/1.png' }];
		expect(read({ images, data: null, created: 1, usage: null, seed: 7 }).raw).toEqual({ seed: 7 });
	});

	it('is a finished task without an id', () => {
		expect(read(ANSWER)).toEqual({
			id: '',
			status: 'succeeded',
			model: 'gpt-image-2',
			images: [{ stored: 'stored:1' }, { stored: 'stored:2' }],
			usage,
			cost: { amount: (20 * 5 + 40 * 8 + 7024 * 30) / 1e6, currency: 'USD', estimated: true },
			createdAt: new Date(1795176000_000),
			raw: { background: 'opaque', output_format: 'png', quality: 'high', size: '1024x1024' },
		});
	});

	test.each<[string, unknown, unknown]>([
		['base64', { b64_json: 'stored:1' }, { stored: 'stored:1' }],
		['a link', { url: 'https://files.test/1.png' }, { url: 'https://files.test/1.png' }],
		[
			'a link with null beside it',
			{ b64_json: null, url: 'https://files.test/1.png', revised_prompt: null },
			{ url: 'https://files.test/1.png' },
		],
		[
			'a link with an empty text beside it',
			{ b64_json: '', url: 'https://files.test/1.png' },
			{ url: 'https://files.test/1.png' },
		],
		[
			'base64 with an empty link beside it',
			{ b64_json: 'stored:1', url: '' },
			{ stored: 'stored:1' },
		],
		[
			'a prompt that was revised',
			{ url: 'https://files.test/1.png', revised_prompt: 'A very red fox' },
			{ url: 'https://files.test/1.png', revisedPrompt: 'A very red fox' },
		],
	])('may hold %s', (_rule, entry, image) => {
		expect(read({ created: 1, data: [entry] }).images).toEqual([image]);
	});

	test.each<[string, unknown[]]>([
		['nothing', []],
		['a picture that is null', [{ b64_json: null, url: null }]],
		['empty texts', [{ b64_json: '', url: '' }]],
	])('is a failure that may have been charged where there is %s', (_rule, data) => {
		expect(failureOf(() => read({ created: 1, data }))).toMatchObject({
			kind: 'noImage',
			message: 'OpenAI answered without an image.',
			advice:
				"It may have been charged. platform.openai.com > Usage shows what was charged. With Waiting set to Don't Wait, each image is a task that can be looked up.",
			status: 200,
		});
	});

	test.each<[string, unknown, object | undefined]>([
		['without usage', undefined, undefined],
		['with null as usage', null, undefined],
		['with a text as usage', 'none', undefined],
		['with a usage of another form', { prompt_tokens: 12 }, { prompt_tokens: 12 }],
		['with zeros', { input_tokens: 0, output_tokens: 0 }, { input_tokens: 0, output_tokens: 0 }],
	])('%s still gives its images, and the cost is that of its size', (_rule, odd, usage) => {
		const task = read({ ...ANSWER, usage: odd });
		expect(task.images).toHaveLength(2);
		expect(task.usage).toEqual(usage);
		expect(task.cost).toEqual({
			amount: (2 * 7024 * 30) / 1e6,
			currency: 'USD',
			estimated: true,
		});
	});

	it("has a gateway's own dollars as its cost, however the rest is counted", () => {
		const usage = {
			prompt_tokens: 12,
			cost: 0.039,
			cost_details: { upstream_inference_cost: null },
		};
		const task = read({ ...ANSWER, usage });
		expect(task.cost).toEqual({ amount: 0.039, currency: 'USD', estimated: false });
		expect(task.usage).toEqual(usage);
	});

	test.each<[string, unknown, Date]>([
		['no time', undefined, RECEIVED_AT],
		['null as time', null, RECEIVED_AT],
		['a time that is a text', '2026-11-20', new Date('2026-11-20')],
		['a text that is no time', 'now', RECEIVED_AT],
		['a time in microseconds', 1795176000_000_000, new Date(1795176000_000)],
		['its time', 1795176000, new Date(1795176000_000)],
	])('has %s', (_rule, created, createdAt) => {
		expect(read({ created, data: [{ b64_json: 'stored:1' }] }).createdAt).toEqual(createdAt);
	});

	it('costs nothing that we could name on a model whose prices we do not know', () => {
		const unknown = requestWith({ model: 'house-model', size: '1024x1024', quality: 'high' });
		expect(readImages(answerWith({ body: ANSWER }), unknown, BASE).cost).toBeUndefined();
	});

	it('can be read without its request', () => {
		const task = readImages(answerWith({ body: ANSWER }), undefined, BASE);
		expect(task).toMatchObject({ status: 'succeeded', usage });
		expect(task.model).toBeUndefined();
		expect(task.cost).toBeUndefined();
	});

	test.each<[string, unknown]>([
		['no list of images', { created: 1 }],
		['a chat completion', { choices: [{ message: { content: 'A fox.' } }] }],
		['text', '{"created":1,"da'],
		['null', null],
	])('is unreadable with %s', (_rule, body) => {
		expect(failureOf(() => read(body)).kind).toBe('unreadableAnswer');
	});

	it('of a server that was not asked for events may be a list of them', () => {
		const events = [{ data: { url: 'https://files.test/1.png' } }, { data: { type: 'ping' } }];
		expect(read(events).images).toEqual([{ url: 'https://files.test/1.png' }]);
		// Of a plain list, not every entry has data.
		expect(read([{ data: 'x', b64_json: 'stored:1' }, { b64_json: 'stored:2' }]).images).toEqual([
			{ stored: 'stored:1' },
			{ stored: 'stored:2' },
		]);
		expect(failureOf(() => read([{ type: 'ping' }])).kind).toBe('noImage');
	});

	it('that was cut has each of its pictures once', () => {
		const text = '{"data":[{"b64_json":"stored:1"},{"b64_json":"stored:2"},{"b64_json":"stored:1"';
		expect(read(text)).toMatchObject({
			images: [{ stored: 'stored:1' }, { stored: 'stored:2' }],
			raw: {},
		});
		expect(read(text)).not.toHaveProperty('unread');
	});

	test.each<[string, unknown, object[]]>([
		[
			'a reference under another name, with a link and a prompt',
			{ data: [{ picture: 'stored:1', url: '/1.png', revised_prompt: 'A very red fox' }] },
			[
				{
					stored: 'stored:1',
					url: 'https://gateway.test/1.png',
					revisedPrompt: 'A very red fox',
				},
			],
		],
		[
			'a reference under another name, with a link under another one',
			{ data: [{ picture: 'stored:1', image_url: 'https://files.test/1.png' }] },
			[{ stored: 'stored:1', url: 'https://files.test/1.png' }],
		],
		[
			'a reference and no link',
			{ data: [{ b64_json: 'stored:1', url: 'not a link' }] },
			[{ stored: 'stored:1' }],
		],
		[
			'references at other places, each once, in their order',
			{ data: [{}], first: 'stored:1', output: [{ a: 'stored:1', b: ['stored:2', null, 5] }] },
			[{ stored: 'stored:1' }, { stored: 'stored:2' }],
		],
		[
			'the second place, where the first has no picture',
			{ data: [{ error: 'No.' }], images: [{ url: 'https://files.test/1.png' }] },
			[{ url: 'https://files.test/1.png' }],
		],
		[
			'the first place, where both have some',
			{ data: ['stored:1'], images: ['stored:2'] },
			[{ stored: 'stored:1' }],
		],
	])('may have %s', (_rule, body, images) => {
		expect(read(body).images).toEqual(images);
	});
});

describe('an image that was refused, beside others', () => {
	const BASE = 'https://gateway.test/v1';
	const request = requestWith({ count: 3 });
	const read = (body: unknown) => readImages(answerWith({ body }), request, BASE);
	const good = { b64_json: 'stored:1' };
	const refused = { error: { code: 'blocked', message: 'It shows a trademark.' } };

	test.each<[string, unknown, string]>([
		['says why', { data: [good, refused] }, 'It shows a trademark.'],
		['says it once', { data: [refused, good, refused] }, 'It shows a trademark.'],
		['says it as a text', { data: [good, { error: 'Too violent.' }] }, 'Too violent.'],
		[
			'is one of several that say why',
			{ data: [good, refused, { error: 'Too violent.' }] },
			'It shows a trademark. Too violent.',
		],
		[
			'is told beside the list, too',
			{ data: [good], error: { message: 'Two were refused.' } },
			'Two were refused.',
		],
		['tells only its code', { data: [good, { error: { code: 'blocked' } }] }, ''],
	])('%s', (_rule, body, message) => {
		const task = read(body);
		expect(task).toMatchObject({ images: [{ stored: 'stored:1' }] });
		expect(task.failure).toEqual({ code: 'fewer_images', message });
		expect(task.unread).toBeUndefined();
	});

	it('is no entry that could not be read, and those are counted beside it', () => {
		expect(read({ data: [good, refused, {}] })).toMatchObject({
			unread: 1,
			failure: { message: 'It shows a trademark.' },
		});
	});

	it('is the failure where no other came', () => {
		expect(failureOf(() => read({ data: [refused, { error: 'Too violent.' }] }))).toMatchObject({
			kind: 'noImage',
			code: 'blocked',
			message: 'OpenAI: It shows a trademark.',
			advice:
				"It may have been charged. platform.openai.com > Usage shows what was charged. With Waiting set to Don't Wait, each image is a task that can be looked up.",
		});
	});

	it('has its own advice where it says that nothing was done', () => {
		const body = { data: [], error: { code: 'insufficient_quota', message: 'Used up.' } };
		expect(failureOf(() => read(body))).toMatchObject({
			kind: 'balance',
			advice:
				'The quota of this account is used up. Add credit or raise the limit under platform.openai.com > Settings > Billing, then run this again. Nothing was charged for this request.',
		});
	});

	it('is told by ten of many, so that the message stays short', () => {
		const many = Array.from({ length: 12 }, (_, index) => ({ error: `Reason ${index}.` }));
		const nine = Array.from({ length: 9 }, (_, index) => `Reason ${index}.`).join(' ');
		expect(read({ data: [good, ...many], error: 'Refused.' }).failure).toEqual({
			code: 'fewer_images',
			message: `Refused. ${nine}`,
		});
	});

	it('is not missed where as many have come as were wanted', () => {
		expect(read({ data: [good, good, good] }).failure).toBeUndefined();
		expect(read({ data: [good, good, {}] })).toMatchObject({ unread: 1, images: [{}, {}] });
		expect(read({ data: [good, good, {}] }).failure).toBeUndefined();
		expect(read({ data: [good, good] }).failure).toEqual({ code: 'fewer_images', message: '' });
		expect(read({ data: [good, good, good] })).not.toHaveProperty('unread');
	});

	it('and pictures that could not be read cost as much as the others', () => {
		const wanted = requestWith({ count: 2, size: '1024x1024', quality: 'high' });
		const body = { data: [good, {}] };
		expect(readImages(answerWith({ body }), wanted, BASE).cost).toEqual({
			amount: (2 * 7024 * 30) / 1e6,
			currency: 'USD',
			estimated: true,
		});
	});
});
