// Answers about OpenAI's background tasks.
import type { Fault } from '../fault';
import { BASE64, cutBehind, EVENTS, eventsOf, oddAt, writtenAt, type Json } from './odd';

const of = 'openai';
const ended = oddAt({ of, on: 'poll', at: ['get', 'wait', 'trigger'] });
const endedFor = oddAt({ of, on: 'poll', at: ['wait'], lasts: true });
const created = oddAt({ of, on: 'create', at: ['start'] });
const createdAs = writtenAt({ of, on: 'create', at: ['start'] });

const CALL = { type: 'image_generation_call', id: 'ig_1', status: 'completed', result: BASE64 };
const withOutput = (id: string, title: string, output: unknown) =>
	ended(id, title, (task) => ({ ...task, output }));
const spoken = (id: string, title: string, part: Json) =>
	withOutput(id, title, [{ type: 'message', role: 'assistant', content: [part] }]);
const numbered = (task: Json) => ({ ...task, id: Number(/\d+$/.exec(String(task.id))?.[0] ?? 7) });

/** All that OpenAI's documents name, and one of next year. */
const CODES = [
	'server_error',
	'rate_limit_exceeded',
	'invalid_prompt',
	'data_residency_mismatch',
	'bio_policy',
	'misalignment_policy_violation',
	'vector_store_timeout',
	'invalid_image',
	'invalid_image_format',
	'invalid_base64_image',
	'invalid_image_url',
	'image_too_large',
	'image_too_small',
	'image_parse_error',
	'image_content_policy_violation',
	'invalid_image_mode',
	'image_file_too_large',
	'unsupported_image_media_type',
	'empty_image_file',
	'failed_to_download_image',
	'image_file_not_found',
	'a_code_of_next_year',
];

export const responseAnswers: Fault[] = [
	withOutput('oa-odd-output', 'Odd entries before the picture', [
		{ type: 'image_generation_call', result: 5 },
		{ id: 'x' },
		null,
		CALL,
	]),
	withOutput('oa-odd-result', 'A number for the picture', [{ ...CALL, result: 5 }]),
	withOutput('oa-word-result', 'A word for the picture', [{ ...CALL, result: 'sorry' }]),
	withOutput('oa-odd-call', 'A picture with odd fields', [
		{ ...CALL, revised_prompt: 5, status: [], error: 'none' },
	]),
	withOutput('oa-call-failed', 'The drawing failed', [{ ...CALL, status: 'failed', result: null }]),
	ended('oa-odd-fields', 'Odd tools, times and usage', (task) => ({
		...task,
		tools: 'none',
		created_at: 'now',
		usage: 5,
	})),
	ended('oa-odd-tools', 'Tools that are none', (task) => ({ ...task, tools: [5, null] })),
	spoken('oa-prose', 'It answers in words', {
		type: 'output_text',
		text: "I'm sorry, but I can't help with that.",
		annotations: [],
	}),
	spoken('oa-refusal', 'It refuses', { type: 'refusal', refusal: "I can't draw that person." }),
	created('oa-no-status', 'Begun, without a state', ({ id }) => ({ id })),
	created('oa-numeric-id', 'Begun, with a number for its ID', numbered),
	createdAs('oa-cut-behind-id', 'Begun, and cut behind its ID', (task) => cutBehind(task, 'id')),
	createdAs('oa-cut-in-id', 'Begun, and cut in its ID', () => '{"id":"resp_1'),
	createdAs(
		'oa-bom-cut',
		'Begun, cut behind a byte order mark and its ID',
		(task) => `\ufeff${cutBehind(task, 'id')}`,
	),
	createdAs(
		'oa-created-events',
		'Begun, told in events',
		(task) =>
			eventsOf(
				{ type: 'response.created', response: { id: task.id } },
				{ type: 'response.queued', response: { id: task.id, status: 'queued' } },
			),
		EVENTS,
	),
	...CODES.map((code) =>
		endedFor(`oa-failed-${code}`, `Failed with ${code}`, (task) => ({
			...task,
			status: 'failed',
			output: [],
			error: { code, message: 'It went wrong.' },
		})),
	),
	endedFor('oa-failed-words', 'Failed, in plain words', (task) => ({
		...task,
		status: 'failed',
		output: [],
		error: 'Out of luck.',
	})),
];
