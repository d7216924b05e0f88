// What another server answers, as where the Base URL is wrong, leads a person to the Base URL, in every provider.
import type { HttpAnswer } from '../../../providers/contract';
import type { ImageFailure } from '../../../providers/failure';
import { createChatGateway } from '../../../providers/chat';
import { createCoreToday } from '../../../providers/coretoday';
import { createEvoLink } from '../../../providers/evolink';
import { createFal } from '../../../providers/fal';
import { readFailure as readOpenAiFailure } from '../../../providers/openai/failures';
import { answerWith } from './support';

const URL = 'https://api.test';
const PAGE = '<!doctype html><title>Not Found</title>';

const PROVIDERS: Array<[string, (answer: HttpAnswer) => ImageFailure]> = [
	['EvoLink', createEvoLink({ baseUrl: URL, filesBaseUrl: URL }).readFailure],
	['fal', createFal({ baseUrl: URL, filesBaseUrl: URL, apiBaseUrl: URL }).readFailure],
	['Core.Today', createCoreToday(URL, 'storage').readFailure],
	['OpenAI', readOpenAiFailure],
	['the gateway', createChatGateway(URL).readFailure],
];

describe.each(PROVIDERS)('%s', (_name, readFailure) => {
	const adviceOn = (answer: Partial<HttpAnswer>) => readFailure(answerWith(answer)).details.advice;

	test.each([
		PAGE,
		'',
		'404 page not found',
		{},
		{ detail: 'Not Found' },
		{ error: 'Not Found' },
		{ message: 'no Route matched with those values' },
		{ error: { message: 'Invalid URL (POST /v1/images)', type: 'invalid_request_error' } },
	])('no order is taken, by 404 and %j', (body) => {
		const { kind, advice } = readFailure(answerWith({ status: 404, body })).details;
		expect(kind).toBe('notFound');
		expect(advice).toMatch(/^Check the Base URL in the credential,.* and the Model\.$/);
	});

	test.each([
		[404, PAGE],
		[401, PAGE],
		[403, PAGE],
		[405, PAGE],
		[410, PAGE],
		[200, PAGE],
		[404, { detail: 'Not Found' }],
	])('whatever was asked for, by %i and %j', (status, body) => {
		for (const namesModel of [true, undefined] as const) {
			expect(adviceOn({ status, body, namesModel })).toContain('Base URL');
		}
	});

	test('pages of a service that is down, or that has enough of us, say nothing of the Base URL', () => {
		for (const status of [413, 429, 502, 503]) {
			expect(adviceOn({ status, body: PAGE })).not.toContain('Base URL');
		}
	});
});
