// A chat completion as the event stream that "stream" asks for.
import type { Answer } from '../../http/answer';
import { isObject, type Values } from '../fields';

const PIECE_CHARACTERS = 24;

export function streamedCompletion(body: Values, includesUsage: boolean): Answer {
	const { choices, usage, ...rest } = body;
	const head = { ...rest, object: 'chat.completion.chunk' };
	const bodies = (Array.isArray(choices) ? choices : []).filter(isObject).flatMap((choice) => {
		const { index, finish_reason } = choice;
		return [
			...deltasOf(choice).map((delta) => ({ index, delta, finish_reason: null })),
			{ index, delta: {}, finish_reason },
		].map((one) => ({ ...head, choices: [one] }));
	});
	const last = includesUsage ? [{ ...head, choices: [], usage }] : [];
	const lines = [...bodies, ...last].map((one) => JSON.stringify(one));
	return {
		status: 200,
		headers: { 'content-type': 'text/event-stream; charset=utf-8' },
		body: [...lines, '[DONE]'].map((line) => `data: ${line}\n\n`).join(''),
	};
}

function deltasOf({ message }: Values): Values[] {
	const { role, content, refusal, tool_calls: calls } = isObject(message) ? message : {};
	return [
		{ role, content: '' },
		...piecesOf(content).map((piece) => ({ content: piece })),
		...piecesOf(refusal).map((piece) => ({ refusal: piece })),
		...(Array.isArray(calls) ? calls : [])
			.filter(isObject)
			.map((call, index) => ({ tool_calls: [{ index, ...call }] })),
	];
}

function piecesOf(text: unknown): string[] {
	if (typeof text !== 'string') return [];
	return text.match(new RegExp(`.{1,${PIECE_CHARACTERS}}`, 'gsu')) ?? [];
}
