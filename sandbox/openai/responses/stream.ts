// A response as the event stream that "stream" asks for: what it is at each step, and each item of its output.
import { Readable } from 'node:stream';
import type { Answer } from '../../http/answer';
import type { Lifetime } from '../../lifetime';
import type { Values } from '../fields';
import { responseJson } from './json';
import { hasBegun, msUntilBegun, type ResponseTask } from './tasks';

/** All events from the one behind `after` on, each as soon as it has happened, until the response has ended. */
export function streamedResponse(task: ResponseTask, lifetime: Lifetime, after = -1): Answer {
	return {
		status: 200,
		headers: { 'content-type': 'text/event-stream; charset=utf-8' },
		body: Readable.from(lines(task, lifetime, after)),
	};
}

async function* lines(
	task: ResponseTask,
	lifetime: Lifetime,
	after: number,
): AsyncGenerator<string> {
	let next = after + 1;
	let hasEnded = false;
	void task.ended.then(() => (hasEnded = true));
	for (;;) {
		// Lets that be known which has happened by now.
		await Promise.resolve();
		const isLast = hasEnded;
		await task.finished;
		const events = eventsOf(task);
		for (const [number, event] of events.entries()) {
			if (number < next) continue;
			const json = JSON.stringify({ ...event, sequence_number: number });
			yield `event: ${String(event.type)}\ndata: ${json}\n\n`;
		}
		next = Math.max(next, events.length);
		if (isLast) return;
		await nextStep(task, lifetime);
	}
}

/** Resolves when the response has ended or, before that, when it is begun. */
async function nextStep(task: ResponseTask, lifetime: Lifetime): Promise<void> {
	let callOff = () => {};
	const begun = new Promise<void>((resolve) => {
		if (!hasBegun(task)) callOff = lifetime.after(msUntilBegun(task), resolve);
	});
	await Promise.race([task.ended, begun]);
	callOff();
}

/** What has happened so far. An event keeps its number, whenever it is asked for. */
function eventsOf(task: ResponseTask): Values[] {
	const { background } = task.request;
	const now = responseJson(task);
	const early = { ...now, output: [], error: null, completed_at: null, usage: null };
	const atFirst = { ...early, status: background ? 'queued' : 'in_progress' };
	const begun = { ...early, status: 'in_progress' };
	const { ending } = task;
	return [
		{ type: 'response.created', response: atFirst },
		...(background ? [{ type: 'response.queued', response: atFirst }] : []),
		...(ending || hasBegun(task) ? [{ type: 'response.in_progress', response: begun }] : []),
		...(ending ? itemEvents(task, now) : []),
		// The client knows no event for a response that was cancelled: its stream just ends.
		...(ending && ending.status !== 'cancelled'
			? [{ type: `response.${ending.status}`, response: now }]
			: []),
	];
}

function itemEvents(task: ResponseTask, { output }: Values): Values[] {
	return (output as Values[]).flatMap((item, index) => [
		{
			type: 'response.output_item.added',
			output_index: index,
			item: { ...item, ...unfinished(item), status: 'in_progress' },
		},
		...textEvents(item, index),
		...imageEvents(task, item, index),
		{ type: 'response.output_item.done', output_index: index, item },
	]);
}

/** What an item holds follows. */
function unfinished({ type }: Values): Values {
	return type === 'message' ? { content: [] } : { result: null };
}

function textEvents(item: Values, outputIndex: number): Values[] {
	if (item.type !== 'message') return [];
	return (item.content as Values[]).flatMap((part, index) => {
		const place = { item_id: item.id, output_index: outputIndex, content_index: index };
		const isText = part.type === 'output_text';
		const empty = isText ? { ...part, text: '' } : { ...part, refusal: '' };
		const kind = isText ? 'response.output_text' : 'response.refusal';
		const words = isText ? part.text : part.refusal;
		return [
			{ type: 'response.content_part.added', ...place, part: empty },
			{ type: `${kind}.delta`, ...place, delta: words, ...(isText && { logprobs: [] }) },
			{ type: `${kind}.done`, ...place, [isText ? 'text' : 'refusal']: words },
			{ type: 'response.content_part.done', ...place, part },
		];
	});
}

function imageEvents({ request }: ResponseTask, item: Values, outputIndex: number): Values[] {
	if (item.type !== 'image_generation_call') return [];
	const place = { item_id: item.id, output_index: outputIndex };
	const kind = 'response.image_generation_call';
	const isDone = item.status === 'completed';
	const partials = isDone ? (request.image?.partialImages ?? 0) : 0;
	return [
		{ type: `${kind}.in_progress`, ...place },
		{ type: `${kind}.generating`, ...place },
		...Array.from({ length: partials }, (_none, index) => ({
			type: `${kind}.partial_image`,
			...place,
			partial_image_index: index,
			// The sandbox draws in one go: what is shown early is the picture itself.
			partial_image_b64: item.result,
			background: item.background,
			output_format: item.output_format,
			quality: item.quality,
			size: item.size,
		})),
		...(isDone ? [{ type: `${kind}.completed`, ...place }] : []),
	];
}
