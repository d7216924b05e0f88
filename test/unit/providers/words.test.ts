// What an error is said to be, in the same words from every provider: each sentence here is true of all of them.
import type { HttpAnswer } from '../../../providers/contract';
import { createChatGateway } from '../../../providers/chat';
import { createCoreToday } from '../../../providers/coretoday';
import { createEvoLink } from '../../../providers/evolink';
import { createFal } from '../../../providers/fal';
import type { FailureKind, ImageFailure } from '../../../providers/failure';
import { createOpenAiImages } from '../../../providers/openai/images';
import { createOpenAiTasks } from '../../../providers/openai/tasks';
import { answerWith } from './support';

const BASE = 'https://gateway.test/v1';
const PROVIDERS: Array<[string, { readFailure(answer: HttpAnswer): ImageFailure }]> = [
	['EvoLink', createEvoLink({ baseUrl: BASE, filesBaseUrl: BASE })],
	['Core.Today', createCoreToday(BASE, 'storage')],
	['fal', createFal({ baseUrl: BASE, filesBaseUrl: BASE, apiBaseUrl: BASE })],
	['Image Chat', createChatGateway(BASE)],
	['OpenAI, images', createOpenAiImages(BASE)],
	['OpenAI, background tasks', createOpenAiTasks(BASE)],
];

const errorOf = (message: string, parts: object = {}) => ({ error: { message, ...parts } });

describe.each(PROVIDERS)('%s', (_name, { readFailure }) => {
	test.each<[FailureKind, number, string, unknown]>([
		[
			'modelGone',
			400,
			'a model',
			errorOf('The model `x` does not exist.', { type: 'image_generation_user_error' }),
		],
		['modelGone', 404, 'a model by its code', errorOf('Gone.', { code: 'model_not_found' })],
		[
			'modelGone',
			404,
			'a model by its type',
			errorOf('Gone.', { code: 404, type: 'model_not_found' }),
		],
		['modelGone', 404, 'a model as detail', { detail: "Model 'x' not found" }],
		[
			'forbidden',
			403,
			'an organization',
			errorOf('Your organization must be verified to use the model `x`.', {
				type: 'image_generation_user_error',
			}),
		],
		['badRequest', 400, 'the field moderation', errorOf("Unknown parameter: 'moderation'.")],
		['badRequest', 400, 'its value', errorOf('moderation must be one of auto, low')],
		['badRequest', 400, 'that it is not there', errorOf('moderation is not supported for edits')],
		[
			'badRequest',
			422,
			'it, as detail',
			{ detail: [{ loc: ['body', 'moderation'], msg: 'Input should be auto or low' }] },
		],
		['badRequest', 400, 'another field', errorOf("Unknown parameter: 'safety_identifier'.")],
		['moderation', 400, 'the content', errorOf('It was rejected by our safety system.')],
		['moderation', 400, 'the content, by code', errorOf('No.', { code: 'content_filter' })],
		[
			'moderation',
			400,
			'the content, by type',
			errorOf('No.', { code: 400, type: 'content_policy_violation' }),
		],
		['moderation', 400, 'the content, by a code in words', errorOf('Blocked: PROHIBITED_CONTENT')],
		['balance', 402, 'a balance', errorOf('Pay.')],
		['balance', 429, 'a quota', errorOf('Pay.', { code: 'insufficient_quota' })],
		['balance', 429, 'a quota by type', errorOf('Pay.', { code: 429, type: 'insufficient_quota' })],
		['rateLimit', 429, 'a rate', errorOf('Slow down.', { code: 'rate_limit_exceeded' })],
		['rateLimit', 429, 'a rate and a policy', errorOf('You hit our usage policy limits.')],
		['auth', 401, 'a key', errorOf('Wrong key.')],
		['tooLarge', 413, 'a file, as title', { title: 'Payload Too Large' }],
		['badRequest', 400, 'a setting, as title', { title: 'Bad Request', detail: 'size is wrong' }],
	])('%s under %i is about %s', (kind, status, _what, body) => {
		const { details } = readFailure(answerWith({ status, body }));
		expect(details.kind).toBe(kind);
		if (kind === 'badRequest') expect(details.advice).toMatch(/named setting/);
	});
});

test.each(PROVIDERS)("%s: a key's own limit isn't the balance", (_name, { readFailure }) => {
	const codes = ['key_quota_exhausted', 'token_daily_quota_exceeded', 'insufficient_token_quota'];
	for (const code of codes) {
		for (const status of [402, 403, 429]) {
			const body = errorOf('Used up.', { code, type: 'insufficient_quota' });
			expect(readFailure(answerWith({ status, body })).details).toMatchObject({
				kind: 'balance',
				advice: expect.stringMatching(/^This API Key has used up its own limit/),
			});
		}
	}
});

test.each(PROVIDERS)('%s: a model that nobody serves now was not ordered', (_name, provider) => {
	const body = errorOf('None.', { code: 'no_available_channel', type: 'model_unavailable' });
	expect(provider.readFailure(answerWith({ status: 503, body })).details).toMatchObject({
		kind: 'providerDown',
		notTaken: true,
		advice: expect.stringMatching(/^Nobody serves this model there at this moment/),
	});
});

test.each(PROVIDERS.filter(([name]) => /Chat|OpenAI/.test(name)))(
	'%s: a key that is wrong under 400, as at servers of Google',
	(_name, { readFailure }) => {
		const body = [{ error: { code: 400, message: 'API key not valid. Pass a valid API key.' } }];
		expect(readFailure(answerWith({ status: 400, body })).details.kind).toBe('auth');
	},
);

test.each(PROVIDERS)('%s: the file that is too large is asked to be smaller', (_name, provider) => {
	const answer = answerWith({ status: 413, body: {} });
	expect(provider.readFailure(answer).details.advice).toMatch(/smaller/);
});
