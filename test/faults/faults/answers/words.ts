// Answers of OpenAI and compatible servers in words: Image: Analyze.
import { SAID } from '../../server/words';
import type { Fault } from '../fault';
import { EVENTS, eventsOf, oddAt, writtenAt, type Json } from './odd';

const place = { of: 'openai', on: 'create', at: ['analyze'] } as const;
const body = oddAt(place);
const text = writtenAt(place);

const choice = (message: Json, more: Json = {}) => ({
	index: 0,
	message: { role: 'assistant', ...message },
	finish_reason: 'stop',
	...more,
});
const GOOD = choice({ content: SAID });
const chosen = (id: string, title: string, choices: unknown) =>
	body(id, title, (answer) => ({ ...answer, choices }));
const said = (id: string, title: string, message: Json, more: Json = {}) =>
	chosen(id, title, [choice(message, more)]);
const streamed = (id: string, title: string, ...bodies: unknown[]) =>
	text(id, title, () => eventsOf(...bodies), EVENTS);
const delta = (content: string, reason: string | null = null) => ({
	choices: [{ index: 0, delta: { content }, finish_reason: reason }],
});

export const wordAnswers: Fault[] = [
	chosen('oa-null-choice', 'null before the choice', [null, GOOD]),
	chosen('oa-one-choice', 'One choice in place of the list', GOOD),
	chosen('oa-empty-choice', 'An empty choice before it', [{}, GOOD]),
	chosen('oa-no-choices', 'No choices', []),
	chosen('oa-only-null', 'null for a choice', [null]),
	chosen('oa-choices-number', 'A number for the choices', 5),
	chosen('oa-choice-error', 'An error in the choice', [
		{ error: { code: 502, message: 'The upstream gave up.' }, finish_reason: 'error' },
	]),
	body('oa-words-model', 'A number for the model', (answer) => ({ ...answer, model: 5 })),
	said('oa-words-empty', 'An empty text', { content: '' }),
	said('oa-words-null', 'Nothing said', { content: null }),
	said('oa-words-refused', 'A refusal', { content: null, refusal: "I can't talk about that." }),
	said(
		'oa-words-filtered',
		'Held back by a filter',
		{ content: '' },
		{
			finish_reason: 'content_filter',
		},
	),
	said('oa-words-cut', 'Cut at its limit', { content: SAID }, { finish_reason: 'length' }),
	said(
		'oa-words-cut-empty',
		'Cut before its first word',
		{ content: '' },
		{
			finish_reason: 'length',
		},
	),
	said('oa-words-odd', 'Odd fields beside the text', {
		content: SAID,
		refusal: 5,
		tool_calls: 'none',
	}),
	said('oa-words-parts', 'The text in parts', {
		content: [{ type: 'text', text: SAID.slice(0, 6) }, { text: SAID.slice(6) }, null],
	}),
	said('oa-words-tool', 'A call of a tool', {
		content: null,
		tool_calls: [{ id: 'call_1', type: 'function', function: { name: 'a', arguments: '{}' } }],
	}),
	said('oa-words-odd-tool', 'A call of a tool that is none', {
		content: null,
		tool_calls: [{ id: 1 }],
	}),
	streamed(
		'oa-words-events',
		'The text in events',
		delta(SAID.slice(0, 6)),
		delta(SAID.slice(6), 'stop'),
		'[DONE]',
	),
	streamed('oa-words-no-end', 'Events that end too soon', delta(SAID.slice(0, 6))),
	streamed('oa-words-error', 'Events that end in an error', delta(SAID.slice(0, 6)), {
		error: { code: 429, message: 'Slow down.' },
	}),
	text('oa-words-half', 'Half of the JSON', () => '{"choices":[{"mess'),
];
