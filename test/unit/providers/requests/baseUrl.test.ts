// Base URLs as people type and paste them: what each provider makes of them, and which are refused.
import { createChatGateway } from '../../../../providers/chat';
import { createCoreToday } from '../../../../providers/coretoday';
import { createEvoLink } from '../../../../providers/evolink';
import { createOpenAiTasks } from '../../../../providers/openai/tasks';
import { joinUrl, joinVersioned } from '../../../../providers/requests/url';
import { failureOf } from '../support';

describe('an address that ends in more than the base', () => {
	test.each([
		['an endpoint of chat', 'https://gw.test/v1/chat/completions', 'https://gw.test/v1/models'],
		['an endpoint of images', 'https://gw.test/v1/images/generations', 'https://gw.test/v1/models'],
		['one with a slash', 'https://gw.test/v1/images/edits/', 'https://gw.test/v1/models'],
		['one in capitals', 'https://gw.test/v1/Chat/Completions', 'https://gw.test/v1/models'],
		['one of responses', 'https://gw.test/v1/responses', 'https://gw.test/v1/models'],
		['the list of models', 'https://gw.test/v1/models', 'https://gw.test/v1/models'],
		['the old completions', 'https://gw.test/v1/completions', 'https://gw.test/v1/models'],
		[
			'an endpoint without a version, before which the interface begins',
			'https://gw.test/chat/completions',
			'https://gw.test/models',
		],
		[
			'an endpoint of another version',
			'https://gw.test/v1beta/openai/chat/completions',
			'https://gw.test/v1beta/openai/models',
		],
		['a folder called models', 'https://gw.test/models', 'https://gw.test/models/v1/models'],
		['an empty query', 'https://gw.test/v1?', 'https://gw.test/v1/models'],
		['an empty fragment', 'https://gw.test/v1/#', 'https://gw.test/v1/models'],
		['nothing more', 'https://gw.test', 'https://gw.test/v1/models'],
	])('%s', (_rule, base, models) => {
		expect(joinVersioned(base, '/models')).toBe(models);
	});
});

describe('what each provider makes of it', () => {
	const poll = {
		EvoLink: (base: string) => createEvoLink({ baseUrl: base, filesBaseUrl: base }).poll('1').url,
		'Core.Today': (base: string) => createCoreToday(base, 'storage').poll!('1').url,
		OpenAI: (base: string) => createOpenAiTasks(base).poll('1').url,
		'Image Chat': (base: string) => createChatGateway(base).models().url,
	};
	const endpoint = {
		EvoLink: ['/v1/images/generations', '/v1/tasks/1'],
		'Core.Today': ['/v1/predictions', '/v1/predictions/1'],
		OpenAI: ['/v1/images/generations', '/v1/responses/1'],
		'Image Chat': ['/v1/chat/completions', '/v1/models'],
	};

	describe.each(Object.keys(poll) as Array<keyof typeof poll>)('%s', (provider) => {
		const [pasted, path] = endpoint[provider] as [string, string];
		test.each(['', '/', '/v1', '/v1/', ' ', pasted, `${pasted}/`, '/v1?'])(
			'https://gw.test%s',
			(ending) => {
				expect(poll[provider](`https://gw.test${ending}`)).toBe(`https://gw.test${path}`);
			},
		);
	});

	it("is told apart for EvoLink's files", () => {
		const upload = (filesBaseUrl: string) =>
			createEvoLink({ baseUrl: 'https://gw.test', filesBaseUrl }).uploadFromUrl('https://a.test/a');
		expect(upload('https://gw.test/api/v1/files/upload/base64').url).toBe(
			'https://gw.test/api/v1/files/upload/url',
		);
		expect(failureOf(() => upload('https://gw.test?x=1')).message).toContain('Files Base URL');
	});
});

describe('an address that is none', () => {
	test.each([
		['a query', 'https://gw.test/v1?x=secret', 'a query: end it before the "?".'],
		[
			'a query behind an endpoint',
			'https://gw.test/v1/models?x=secret',
			'a query: end it before the "?".',
		],
		['a fragment', 'https://gw.test/v1#secret', 'a fragment: end it before the "#".'],
		[
			'a user and a password',
			'https://me:secret@gw.test/v1',
			'a user name or a password: take out what stands before the "@".',
		],
		[
			'a user',
			'https://secret@gw.test/v1',
			'a user name or a password: take out what stands before the "@".',
		],
	])('%s is refused, and not repeated', (_rule, base, problem) => {
		for (const join of [joinUrl, joinVersioned]) {
			const failure = failureOf(() => join(base, '/models'));
			expect(failure).toMatchObject({
				kind: 'badInput',
				message: `The Base URL can't hold ${problem}`,
			});
			expect(`${failure.message} ${failure.advice}`).not.toContain('secret');
			expect(failure.advice).toMatch(/^Open the credential and correct it\./);
		}
	});

	test.each([
		'https://gw.test/a b',
		'https://gw.test\n/v1',
		'https://gw.test\\v1',
		'https://gw\u200b.test',
	])('%j, which is read as another one', (base) => {
		expect(failureOf(() => joinUrl(base, '/models')).message).toContain("isn't a web address");
	});

	test.each([
		['of OpenAI', 'sk-proj-7hGq2wXz9Pb4tR8kLm_0123456789', '"•••" isn\'t a web address: https'],
		['of fal', '1a2b3c4d-0000-4000-8000-000000000000:5e6f7a8b9c0d1e2f3a4b', '"•••:•••"'],
		['with dots', 'eyJhbGciOiJIUzI1NiJ9eyJ1c2VyIjo.eyJ1c2VyIjoxfQeyJ1c2VyIjo', '"•••.•••"'],
		['behind an address', 'https://gw.test/v1 7hGq2wXz9Pb4tR8kLm01', '"https://gw.test/v1 •••"'],
		['behind much else', `${'- '.repeat(95)}7hGq2wXz9Pb4tR8kLm01`, '- •••"'],
	])('a key %s, pasted into the wrong field, is not repeated', (_what, base, shown) => {
		expect(failureOf(() => joinUrl(base, '/models')).message).toContain(shown);
	});

	test('what else was written is repeated, as far as a message shows it', () => {
		const { message } = failureOf(() => joinUrl(`gw.test ${'a '.repeat(200)}`, '/models'));
		expect(message).toContain(`"gw.test ${'a '.repeat(96)}" isn't a web address`);
	});
});
