// What was asked without naming a model is never answered with the advice to take another one, in every provider.
import type { HttpAnswer, HttpRequest } from '../../../providers/contract';
import type { ImageFailure } from '../../../providers/failure';
import { createChatGateway } from '../../../providers/chat';
import { createCoreToday } from '../../../providers/coretoday';
import { createEvoLink } from '../../../providers/evolink';
import { createFal } from '../../../providers/fal';
import { createOpenAiAccount } from '../../../providers/openai/account';
import { createOpenAiBatches } from '../../../providers/openai/batches';
import { createOpenAiChat } from '../../../providers/openai/analyze';
import { readFailure as readOpenAiFailure } from '../../../providers/openai/failures';
import { createOpenAiTasks } from '../../../providers/openai/tasks';
import { answerWith } from './support';

const URL = 'https://api.test';
const evoLink = createEvoLink({ baseUrl: URL, filesBaseUrl: URL });
const fal = createFal({ baseUrl: URL, filesBaseUrl: URL, apiBaseUrl: URL });
const coreToday = createCoreToday(URL, 'storage');
const gateway = createChatGateway(URL);
const tasks = createOpenAiTasks(URL);
const batches = createOpenAiBatches(URL);
const openAi = createOpenAiAccount(URL);
const FILE = { label: 'fox.png', facts: { type: 'png', bytes: 9 } } as never;
const ID = 'fal-ai/flux-2/requests/1';

type Reader = { readFailure(answer: HttpAnswer): ImageFailure };
const openAiReader: Reader = { readFailure: readOpenAiFailure };

const WITHOUT_MODEL: Array<[string, Reader, HttpRequest]> = [
	['EvoLink: the balance', evoLink, evoLink.balance()],
	['EvoLink: an upload', evoLink, evoLink.upload.request(FILE)],
	['EvoLink: an upload by its address', evoLink, evoLink.uploadFromUrl(URL)],
	['EvoLink: a task', evoLink, evoLink.poll('1')],
	['EvoLink: many tasks', evoLink, evoLink.pollMany.request(['1', '2'])],
	['EvoLink: the latest tasks', evoLink, evoLink.history({}, 1, 10)],
	['EvoLink: the list of models', evoLink, evoLink.models()],
	['fal: the balance', fal, fal.balance()],
	['fal: an upload', fal, fal.upload.request(FILE)],
	['fal: a task', fal, fal.poll(ID)],
	['fal: a cancel', fal, fal.cancel(ID)],
	['fal: the list of models', fal, fal.models('generate', '', undefined)],
	['Core.Today: an upload', coreToday, coreToday.upload.request(FILE)],
	['Core.Today: a task', coreToday, coreToday.poll('1')],
	['the gateway: the list of models', gateway, gateway.models()],
	['OpenAI: the list of models', openAiReader, openAi.models()],
	['OpenAI: a webhook endpoint', openAiReader, openAi.webhookEndpoint('1')],
	['OpenAI: an upload', tasks, tasks.upload.request(FILE)],
	['OpenAI: a task', tasks, tasks.poll('1')],
	['OpenAI: a cancel', tasks, tasks.cancel('1')],
	['OpenAI: a batch', openAiReader, batches.get('1')],
];
const REFUSALS: Array<[number, unknown]> = [
	[404, { detail: 'Not Found' }],
	[404, { detail: 'Path /v1/account not found' }],
	[404, { error: { message: 'No such model.', code: 'model_not_found' } }],
	[403, { error: { message: 'No.' } }],
	[403, { error: { message: 'Your organization must be verified.' } }],
	[400, { error: { message: 'The model does not exist' } }],
	[429, { error: { message: 'Slow down.' } }],
	[503, { error: { message: 'No.', code: 'no_available_channel' } }],
	[503, { error: { message: 'No.', code: 'overloaded' } }],
	[503, { error: { message: 'No.', code: 'model_unavailable' } }],
];

describe.each(WITHOUT_MODEL)('%s', (_what, { readFailure }, { namesModel }) => {
	test.each(REFUSALS)('refused with %i %j', (status, body) => {
		const { details } = readFailure(answerWith({ status, body, namesModel }));
		expect(details.advice).not.toMatch(/model/i);
		expect(details.kind).not.toBe('modelGone');
	});
});

const QUESTION = { model: 'any', text: 'What?', imageUrls: [] };
test.each<[string, Reader, HttpRequest]>([
	['OpenAI: a question about a picture', openAiReader, createOpenAiChat(URL).ask(QUESTION)],
	['OpenAI: a new batch', openAiReader, batches.create('1', '/v1/images/generations')],
])('%s speaks of the model', (_what, { readFailure }, { namesModel }) => {
	const body = { error: { message: 'The model x does not exist' } };
	const { details } = readFailure(answerWith({ status: 404, body, namesModel }));
	expect(details).toMatchObject({ kind: 'modelGone', advice: expect.stringMatching(/model/i) });
});
