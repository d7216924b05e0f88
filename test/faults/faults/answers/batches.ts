// Answers about OpenAI's batches, and lines of their results.
import { text, type Answer } from '../../server/answer';
import { changed, type Fault } from '../fault';
import { BASE64, cutBehind, oddAt, writtenAt, type Json } from './odd';

const of = 'openai';
const at = ['batchResults', 'triggerBatch'];
const told = oddAt({ of, on: 'poll', at: ['batchGet', ...at] });
const created = oddAt({ of, on: 'create', at: ['batchCreate'] });
const createdAs = writtenAt({ of, on: 'create', at: ['batchCreate'] });

const lineOf = ({ body }: Answer) => JSON.parse(body.toString()) as Json & { response: Json };
const ofLines = (id: string, title: string, write: (honest: Answer) => string): Fault =>
	changed({
		id,
		title,
		of: [of],
		on: ['lines'],
		at,
		to: (honest) => text(write(honest), 'application/jsonl'),
	});
const line = (id: string, title: string, change: (line: ReturnType<typeof lineOf>) => unknown) =>
	ofLines(id, title, (honest) => `${JSON.stringify(change(lineOf(honest)))}\n`);
/** OpenAI takes nothing for a line that it has refused, or not run. */
const free = (fault: Fault): Fault => ({ ...fault, freeAt: [of] });
const answered = (id: string, title: string, body: unknown, status: unknown = 200) =>
	line(id, title, (honest) => ({
		...honest,
		response: { ...honest.response, status_code: status, body },
	}));
const PICTURES = { data: [{ b64_json: BASE64 }] };
const counts = (total: number, completed: number, failed: number) => ({ total, completed, failed });

export const batchAnswers: Fault[] = [
	created('oa-batch-no-status', 'A batch without a state', ({ id }) => ({ id })),
	createdAs('oa-batch-cut', 'A batch, cut behind its ID', (batch) => cutBehind(batch, 'id')),
	told('oa-batch-expired', 'Expired, without a file', (batch) => ({
		...batch,
		status: 'expired',
		output_file_id: null,
	})),
	told('oa-batch-failed', 'Failed, for a line', (batch) => ({
		...batch,
		status: 'failed',
		output_file_id: null,
		errors: { object: 'list', data: [{ code: 'invalid_json', message: 'No JSON.', line: 1 }] },
	})),
	told('oa-batch-odd-errors', 'Failed, with odd errors', (batch) => ({
		...batch,
		status: 'failed',
		output_file_id: null,
		errors: { data: [5, null] },
	})),
	told('oa-batch-more', 'More lines counted than there are', (batch) => ({
		...batch,
		request_counts: counts(3, 2, 1),
	})),
	told('oa-batch-uncounted', 'Nothing counted', (batch) => ({ ...batch, request_counts: null })),
	told('oa-batch-no-input', 'Without the file that it was made of', (batch) => ({
		...batch,
		input_file_id: undefined,
	})),
	told('oa-batch-errors-file', 'A file of errors that is not there', (batch) => ({
		...batch,
		error_file_id: 'file-none',
	})),
	answered('oa-line-null', 'A line with null beside the picture', {
		data: [null, ...PICTURES.data],
	}),
	answered('oa-line-status', 'A line whose status is a text', PICTURES, '200'),
	answered('oa-line-images', 'A line with images', { images: [BASE64] }),
	answered('oa-line-none', 'A line without pictures', { data: [] }),
	answered('oa-line-error', 'A line with an error under 200', {
		error: { message: 'The upstream gave up.' },
	}),
	free(
		answered(
			'oa-line-refused',
			'A line that was refused',
			{ error: { code: 'moderation_blocked', message: 'Not this.' } },
			400,
		),
	),
	free(
		answered(
			'oa-line-400',
			'A line that failed with 400',
			{ error: { code: 'invalid_value', message: 'No such size.' } },
			400,
		),
	),
	answered('oa-line-500', 'A line that failed with 500', {}, 500),
	line('oa-line-number', 'A line whose name is a number', (honest) => ({
		...honest,
		custom_id: 7,
	})),
	line('oa-line-nameless', 'A line without a name', (honest) => ({ ...honest, custom_id: null })),
	free(
		line('oa-line-expired', 'A line that expired', ({ custom_id }) => ({
			custom_id,
			response: null,
			error: { code: 'batch_expired', message: 'It could not be run in time.' },
		})),
	),
	ofLines('oa-line-bom', 'Lines behind a byte order mark', ({ body }) => `\ufeff${body}`),
	ofLines(
		'oa-line-cut',
		'A line that is cut behind its picture',
		() => `{"custom_id":"item-0","response":{"body":{"data":[{"b64_json":"${BASE64}"},{"b6`,
	),
	ofLines('oa-line-half', 'Half of a line', ({ body }) =>
		body.toString().slice(0, body.length / 2),
	),
	ofLines('oa-line-beside', 'A line that is none beside one', ({ body }) => `sorry\n\n${body}`),
	ofLines('oa-line-twice', 'A line that comes twice', ({ body }) => `${body}${body}`),
];
