// Odd forms of EvoLink's honest answers, by name: what gateways, older versions and broken servers have sent.
import type { Oddities } from '../faults/misbehave';
import type { Answer } from '../http/answer';
import { creditsToDollars } from './pricing';
import { FILE_QUOTA_EXCEEDED } from './refusals';

type Json = Record<string, unknown>;

/** A whole picture of 1 x 1 pixels. */
const PICTURE =
	'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
const LONE_SURROGATE = '\ud800';
const MICROSECONDS = 1_000_000;
/** From 68 credits for a dollar to 1000, as one page of EvoLink's has it. */
const CREDITS_FACTOR = 1000 / 68;
const json = { 'content-type': 'application/json; charset=utf-8' };

export const evoLinkOddities: Oddities = {
	'no-status': eachTask((task) => ({ ...task, status: undefined })),
	'odd-status': eachTask((task) => ({ ...task, status: 3 })),
	'numeric-id': eachTask((task) => ({ ...task, id: Number(numberOf(String(task.id))) })),
	'surrogate-id': eachTask((task) => ({ ...task, id: `${String(task.id)}${LONE_SURROGATE}` })),
	microseconds: eachTask((task) => ({ ...task, created: Number(task.created) * MICROSECONDS })),
	'cut-after-id': (answer) => cutBehind(answer, 'id'),
	'cut-before-id': (answer) => cutBehind(answer, 'created'),
	'error-200': () => ({ status: 200, body: { error: { code: 'odd', message: 'It went wrong.' } } }),

	'no-link': eachResult((links) => [{ size: '1024x1024' }, ...links]),
	'null-result': eachResult((links) => [null, ...links]),
	'url-objects': eachResult((links) => links.map((url) => ({ url }))),
	'image-url-objects': eachResult((links) => links.map((link) => ({ image_url: link }))),
	'bare-text': eachResult(([first]) => first),
	'relative-urls': eachResult((links) => links.map((link) => new URL(String(link)).pathname)),
	'data-uri': eachResult((links) => links.map(() => `data:image/png;base64,${PICTURE}`)),
	'unreadable-results': eachResult((links) => links.map(() => 5)),
	'result-data': inResultData((links) => links.map((url) => ({ url })), false),
	'result-data-image-url': inResultData((links) => links.map((url) => ({ image_url: url })), false),
	'both-results': inResultData((links) => links.map((url) => ({ url })), true),

	// As its clients' types have an error: its name is its type, and its code a status.
	'typed-error': eachTask((task) => {
		const { error } = task;
		const { code, ...rest } = (error ?? {}) as Json;
		return error ? { ...task, error: { ...rest, code: 400, type: code } } : task;
	}),

	'usage-cost': eachUsage((usage) => ({
		...usage,
		...(typeof usage.credits_used === 'number' && {
			cost: { credits: usage.credits_used, usd: creditsToDollars(usage.credits_used) },
		}),
	})),
	'thousand-credits': eachUsage((usage) => inCredits(usage, CREDITS_FACTOR)),
	'zero-usage': eachUsage(({ billing_rule }) => ({
		billing_rule,
		credits_used: 0,
		image_output_tokens: 0,
		text_input_tokens: 0,
		total_tokens: 0,
		cost: { credits: 0, usd: 0 },
	})),
	'no-estimate': eachUsage((usage) => ({ ...usage, estimated_cost: undefined })),

	'batch-500': batch(() => ({ status: 500, body: { error: { message: 'The batch broke.' } } })),
	'batch-page': batch(() => ({
		status: 200,
		headers: { 'content-type': 'text/html; charset=utf-8' },
		body: '<!DOCTYPE html><html><body>Welcome</body></html>',
	})),
	'batch-nothing': batch(() => ({ status: 200, body: {} })),
	'batch-no-tasks': batch(() => ({ status: 200, body: { tasks: [] } })),
	'batch-tasks': batch((tasks) => ({ status: 200, body: { tasks } })),
	'batch-list': batch((tasks) => ({ status: 200, body: tasks })),

	'odd-entry': (answer) => {
		const body = answer.body as { data: unknown[] };
		return { ...answer, body: { ...body, data: [null, ...body.data.slice(1)] } };
	},
	'data-uri-entries': eachTask((task) => ({
		...task,
		result_data: undefined,
		results: [`data:image/png;base64,${PICTURE}`],
	})),
	// How pages are cut is the history's own doing.
	'ignores-page': (answer) => answer,
	'short-pages': (answer) => answer,
	'short-pages-no-total': (answer) => answer,

	'refused-200': () => ({
		status: 200,
		body: { success: false, code: 400, msg: 'The file is not an image.' },
	}),
	'quota-200': () => ({
		status: 200,
		body: { success: false, code: FILE_QUOTA_EXCEEDED, msg: 'The quota of files is used up.' },
	}),
};

export const evoLinkDirectiveHelp: ReadonlyArray<readonly [string, string]> = [
	['create=200 odd=NAME', Object.keys(evoLinkOddities).join(', ')],
];

/** The IDs under which a task is asked for when it was told in an odd form. */
export function otherIdsOf(id: string): string[] {
	return [numberOf(id), `${id}${LONE_SURROGATE}`, `${id}\ufffd`];
}

/** A whole number that stands for the ID, and that JSON doesn't round. */
function numberOf(id: string): string {
	return String(Number.parseInt(id.replace(/^.*-/, '').slice(0, 12), 16));
}

/** One task, or the tasks of a batch or of a page. */
function eachTask(change: (task: Json) => Json): (answer: Answer) => Answer {
	return (answer) => {
		const body = answer.body as Json;
		if (!Array.isArray(body.data)) return { ...answer, body: change(body) };
		return { ...answer, body: { ...body, data: (body.data as Json[]).map(change) } };
	};
}

/** Only tasks that have results are told otherwise. */
function eachResult(change: (links: unknown[]) => unknown): (answer: Answer) => Answer {
	return eachTask(({ result_data: resultData, ...task }) => {
		const { results } = task;
		if (!Array.isArray(results)) return { ...task, result_data: resultData };
		return { ...task, results: change(results) };
	});
}

function eachUsage(change: (usage: Json) => Json): (answer: Answer) => Answer {
	return eachTask((task) => ({ ...task, usage: change(task.usage as Json) }));
}

function inCredits(usage: Json, factor: number): Json {
	const credits = ['credits_reserved', 'credits_used'].flatMap((name) =>
		typeof usage[name] === 'number' ? [[name, usage[name] * factor] as const] : [],
	);
	return { ...usage, ...Object.fromEntries(credits) };
}

function inResultData(
	change: (links: unknown[]) => unknown[],
	keepsResults: boolean,
): (answer: Answer) => Answer {
	return eachTask(({ results, ...task }) => {
		if (!Array.isArray(results)) return task;
		return { ...task, ...(keepsResults && { results }), result_data: change(results) };
	});
}

/** Only what the batch route answers: a single task stays honest. */
function batch(change: (tasks: unknown[]) => Answer): (answer: Answer) => Answer {
	return (answer) => {
		const { data } = answer.body as Json;
		return Array.isArray(data) ? change(data) : answer;
	};
}

/** As a server sends it that ends its answer too early, but properly: nothing on the way notices. */
function cutBehind(answer: Answer, name: string): Answer {
	const body = answer.body as Json;
	const { [name]: last, ...rest } = body;
	const before = Object.entries(rest).slice(0, Object.keys(body).indexOf(name));
	const text = JSON.stringify(Object.fromEntries([...before, [name, last]]));
	return { ...answer, headers: { ...answer.headers, ...json }, body: `${text.slice(0, -1)},"mod` };
}
