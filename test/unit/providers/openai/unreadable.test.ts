// Answers of which nothing can be read: whatever was asked for, a person reads who answered, and with what.
import type { HttpAnswer } from '../../../../providers/contract';
import { createOpenAiAccount } from '../../../../providers/openai/account';
import { createOpenAiBatches } from '../../../../providers/openai/batches';
import { createOpenAiChat } from '../../../../providers/openai/analyze';
import { createOpenAiImages } from '../../../../providers/openai/images';
import { createOpenAiTasks } from '../../../../providers/openai/tasks';
import { answerWith, failureOf } from '../support';

const BASE = 'https://api.openai.com/v1';
const tasks = createOpenAiTasks(BASE);
const batches = createOpenAiBatches(BASE);
const account = createOpenAiAccount(BASE);

const READERS: ReadonlyArray<readonly [string, (answer: HttpAnswer) => unknown]> = [
	['images', createOpenAiImages(BASE).readTask],
	['a background task', tasks.readTask],
	['a file', tasks.upload.read],
	['a batch', batches.read],
	['a new batch', batches.readCreated],
	['results', (answer) => batches.readResults(answer, 'gpt-image-2')],
	['a reply', createOpenAiChat(BASE).readReply],
	['the models', account.readModels],
	['a webhook endpoint', account.readWebhookEndpoint],
];

describe.each(READERS)('in the place of %s', (_what, read) => {
	test.each<[string, unknown, string]>([
		['other data', { object: 'none' }, 'data in an unexpected form'],
		['a web page', '<!doctype html><p>Hello.</p>', 'a web page instead of data'],
		['half of it', '{"obj', "text that isn't complete JSON"],
	])('comes %s', (_form, body, what) => {
		expect(failureOf(() => read(answerWith({ body })))).toEqual({
			kind: 'unreadableAnswer',
			message: `OpenAI answered with ${what} (HTTP 200).`,
			advice:
				'Check the Base URL in the credential. If it is right, the service may have a problem: try again in a few minutes.',
			status: 200,
			excerpt: typeof body === 'string' ? body : JSON.stringify(body),
		});
	});
});
