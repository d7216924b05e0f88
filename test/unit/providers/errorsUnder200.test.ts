// An error that comes under HTTP 200 in place of what was asked for: at every provider it is what it says.
import type { HttpAnswer } from '../../../providers/contract';
import { createChatGateway } from '../../../providers/chat';
import { createCoreToday } from '../../../providers/coretoday';
import { createEvoLink } from '../../../providers/evolink';
import { createFal } from '../../../providers/fal';
import type { FailureDetails, ImageFailure } from '../../../providers/failure';
import { createOpenAiAccount } from '../../../providers/openai/account';
import { createOpenAiBatches } from '../../../providers/openai/batches';
import { createOpenAiChat } from '../../../providers/openai/analyze';
import { createOpenAiImages } from '../../../providers/openai/images';
import { createOpenAiTasks } from '../../../providers/openai/tasks';
import { answerWith, failureOf, requestWith } from './support';

const BASE = 'https://gateway.test/v1';
const evoLink = createEvoLink({ baseUrl: BASE, filesBaseUrl: BASE });
const coreToday = createCoreToday(BASE, 'storage');
const gateway = createChatGateway(BASE);
const fal = createFal({ baseUrl: BASE, filesBaseUrl: BASE, apiBaseUrl: BASE });
const tasks = createOpenAiTasks(BASE);
const batches = createOpenAiBatches(BASE);
const account = createOpenAiAccount(BASE);

const NO_REASON =
	'No reason was given. Check the settings and the Base URL in the credential. If they are right, try again in a few minutes, or ask the support of the service.';

const READERS: Array<[string, (answer: HttpAnswer) => unknown]> = [
	['EvoLink, a task', (answer) => evoLink.readTask(answer)],
	['EvoLink, a batch of polls', (answer) => evoLink.pollMany.read(answer)],
	['EvoLink, the history', (answer) => evoLink.readTaskPage(answer)],
	['EvoLink, the models', (answer) => evoLink.readModels(answer)],
	['EvoLink, the balance', (answer) => evoLink.readBalance(answer)],
	['EvoLink, an upload', (answer) => evoLink.readUpload(answer)],
	['fal, a new task', (answer) => fal.readTask(answer, requestWith({ model: 'a/b' }))],
	['fal, the balance', (answer) => fal.readBalance(answer)],
	['fal, an upload', (answer) => fal.upload.read(answer)],
	['Core.Today, a prediction', (answer) => coreToday.readTask(answer)],
	['Core.Today, an upload', (answer) => coreToday.upload.read(answer)],
	['OpenAI, images', (answer) => createOpenAiImages(BASE).readTask(answer, requestWith({}))],
	['OpenAI, a background task', (answer) => tasks.readTask(answer)],
	['OpenAI, a file', (answer) => tasks.upload.read(answer)],
	['OpenAI, a batch', (answer) => batches.read(answer)],
	['OpenAI, a new batch', (answer) => batches.readCreated(answer)],
	['OpenAI, results', (answer) => batches.readResults(answer, 'gpt-image-2')],
	['OpenAI, the models', (answer) => account.readModels(answer)],
	['OpenAI, a webhook endpoint', (answer) => account.readWebhookEndpoint(answer)],
	['OpenAI, an answer in words', (answer) => createOpenAiChat(BASE).readReply(answer)],
	['Image Chat, an answer', (answer) => gateway.readTask(answer)],
	['Image Chat, the models', (answer) => gateway.readModels(answer)],
];

const told = (read: (answer: HttpAnswer) => unknown, body: unknown): FailureDetails =>
	failureOf(() => read(answerWith({ body })));

describe.each(READERS)('%s', (_name, read) => {
	test.each<[string, unknown]>([
		['a status as code', { error: { code: 429, message: 'Slow down.' } }],
		['a code', { error: { code: 'rate_limit_exceeded', message: 'Slow down.' } }],
		['a type', { error: { type: 'rate_limit_error', message: 'Slow down.' } }],
		['a status beside a message', { code: 429, message: 'Slow down.' }],
		['a problem', { title: 'Slow down.', status: 429 }],
		['msg', { success: false, code: 429, msg: 'Slow down.' }],
	])('is busy, by %s', (_rule, body) => {
		const details = told(read, body);
		expect(details.kind).toBe('rateLimit');
		expect(details.message).toContain('Slow down.');
	});

	test.each<[string, unknown]>([
		['success', { success: false }],
		['success, beside nothing', { success: false, data: null, message: '' }],
		['an error without words', { error: {} }],
		['an error that is true', { error: true }],
		['errors without words', { errors: [{}] }],
	])('is a refusal without a reason, by %s', (_rule, body) => {
		const details = told(read, body);
		expect(details.message).toMatch(/ answered with an error without a message \(HTTP 200\)\.$/);
		expect(['unreadableAnswer', 'noImage']).toContain(details.kind);
		expect(details.status).toBe(200);
		expect(details.advice).not.toMatch(/named setting/);
		expect(details.notTaken).toBeUndefined();
	});

	test('is a refusal without a reason, but with a status', () => {
		const details = told(read, { success: false, code: 402 });
		expect(details).toMatchObject({ kind: 'balance', status: 402, code: '402' });
	});

	test('is a refusal without a reason, but with a status that would name a setting', () => {
		const details = told(read, { success: false, code: 400, hint: 'Look at n.' });
		expect(details.advice).not.toMatch(/named setting/);
		expect(details.excerpt).toContain('Look at n.');
	});

	test.each<[string, unknown]>([
		['a text', { error: 'The upstream gave up.' }],
		['a code that nobody knows', { error: { code: 'e_17', message: 'The upstream gave up.' } }],
		['detail', { detail: 'The upstream gave up.' }],
		['a list', { errors: ['The upstream gave up.'] }],
	])('tells the words of %s, and takes nothing for done or not done', (_rule, body) => {
		const details = told(read, body);
		expect(details.message).toContain('The upstream gave up.');
		expect(['unreadableAnswer', 'noImage']).toContain(details.kind);
		expect(details.notTaken).toBeUndefined();
	});
});

test.each(READERS)('%s: what is no refusal by any word of it', (_name, read) => {
	const messageOf = (body: unknown) => {
		try {
			return read(answerWith({ body })) && '';
		} catch (error) {
			return (error as Error).message;
		}
	};
	for (const more of [{ error: null, errors: [] }, { error: {} }, { errors: {} }]) {
		expect(messageOf({ success: true, ...more })).not.toContain('an error');
	}
});

test('the error of an entry that should be a picture', () => {
	const body = { data: [{ error: { code: 'moderation_blocked', message: 'Not this.' } }] };
	const read = (answer: HttpAnswer) => createOpenAiImages(BASE).readTask(answer, requestWith({}));
	expect(told(read, body)).toMatchObject({
		kind: 'moderation',
		message: "OpenAI's safety check refused the request: Not this.",
	});
});

describe('a refusal without words, by its status,', () => {
	const REFUSING: Array<[string, { readFailure(answer: HttpAnswer): ImageFailure }]> = [
		['EvoLink', evoLink],
		['fal', fal],
		['Core.Today', coreToday],
		['OpenAI', tasks],
		['The gateway', gateway],
	];

	test.each(REFUSING)('names no setting to change: %s', (name, { readFailure }) => {
		for (const body of [{}, { error: {} }, { success: false, code: 400 }, '']) {
			const { details } = readFailure(answerWith({ status: 400, body }));
			expect(details).toMatchObject({
				kind: 'badRequest',
				message: `${name} answered with an error without a message (HTTP 400).`,
				advice: NO_REASON,
			});
		}
	});

	test.each(REFUSING)('in a web page says what that is: %s', (name, { readFailure }) => {
		const { details } = readFailure(answerWith({ status: 400, body: '<html></html>' }));
		expect(details).toMatchObject({
			message: `${name} answered with a web page instead of data (HTTP 400).`,
			advice: 'Check the settings and the Base URL in the credential.',
		});
	});
});

describe('a Calling Model that is wrong', () => {
	const { readFailure } = createOpenAiTasks(BASE, 'gpt-5.3-spark');
	const refused = (status: number, message: string, code?: string) =>
		readFailure(answerWith({ status, body: { error: { message, code, param: 'model' } } })).details;

	test.each<[number, string, string | undefined]>([
		[400, "The requested model 'gpt-5.3-spark' does not exist.", 'model_not_found'],
		[404, 'The model `gpt-5.3-spark` does not exist or you do not have access to it.', undefined],
		[400, "Tool 'image_generation' is not supported with gpt-5.3-spark.", undefined],
	])('is named as that (%i): %s', (status, message, code) => {
		expect(refused(status, message, code)).toMatchObject({
			message: expect.stringContaining(
				`The Calling Model "gpt-5.3-spark" can't be used. OpenAI: ${message}`,
			),
			advice: expect.stringMatching(/^Choose another Calling Model in the Options/),
		});
	});

	test.each<[number, string, string | undefined]>([
		[404, 'The model `gpt-image-1` does not exist.', 'model_not_found'],
		[404, 'The model `gpt-5.3-spark-image` does not exist.', 'model_not_found'],
		[400, "Invalid value: '1:1'.", 'invalid_value'],
	])('is not blamed for another error (%i): %s', (status, message, code) => {
		expect(refused(status, message, code).message).toMatch(/^OpenAI: /);
	});
});
