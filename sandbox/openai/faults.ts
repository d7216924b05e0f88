// The misbehaviour that only OpenAI's side knows, on top of the vocabulary that all providers share.
import { z } from 'zod';
import { readDirectives } from '../faults/directives';
import { type BadAnswer, faultsSchema } from '../faults/faults';
import { takeOwnDirectives } from '../faults/own-directives';

const streamFault = z.enum(['ignored', 'broken', 'ended', 'stuck', 'error', 'moderated']);

/** What a call with "stream" meets before its last finished image; "ignored" answers plain JSON. */
export type StreamFault = z.output<typeof streamFault>;

export const openAIFaultsSchema = faultsSchema.extend({
	/** Models that are served although OpenAI has shut them down, or that it never had. */
	alive: z.array(z.string().min(1)).optional(),
	/** Models that this account doesn't have. */
	lacks: z.array(z.string().min(1)).optional(),
	/** "url" answers links, as dall-e style compatible servers do. */
	answer: z.enum(['base64', 'url']).optional(),
	moderation: z.enum(['input', 'output']).optional(),
	/** Every paid call is refused with insufficient_quota. */
	quota: z.boolean().optional(),
	/** A response ends with a refusal in the place of an image: as any text, or in a part of its own. */
	refuse: z.enum(['text', 'part']).optional(),
	/** A background response ends as incomplete. */
	incomplete: z.boolean().optional(),
	/** A batch ends as expired. */
	expire: z.boolean().optional(),
	/** Only so many lines of a batch are run before it ends. */
	runs: z.number().int().min(0).optional(),
	stream: streamFault.optional(),
	/** Which picture of an answer, counted from 1, is cut short within it. */
	damaged: z.coerce.number().int().min(1).optional(),
	/** What is wrong with the content of a file that is fetched; its forms are of results files only. */
	content: z
		.object({
			form: z.enum(['empty', 'none', 'cut', 'bom', 'fewer', 'odd']),
			/** This very text. */
			text: z.string(),
			/** Which file of a batch's results can't be had, and the status that says so; 503 where it is left out. */
			unavailable: z.enum(['output', 'error']),
			status: z.number().int().min(200).max(599),
			/** The connection breaks after so many bytes. */
			breakAfter: z.number().int().min(1),
			/** So many times it can't be had, or breaks off; always where it is left out. */
			times: z.number().int().min(0),
			/** Asked for the rest, it sends all of it. */
			ignoresRange: z.boolean(),
			/** Where it is to be fetched in place of here. */
			location: z.string().min(1),
		})
		.partial()
		.strict()
		.optional(),
	/** What is wrong with a webhook's signature; "rotated" has two of which the second one fits. */
	signature: z.enum(['stale', 'changedBody', 'wrongSecret', 'rotated', 'missing']).optional(),
});

export type ContentFault = NonNullable<z.output<typeof openAIFaultsSchema>['content']>;

export type OpenAIFaults = z.input<typeof openAIFaultsSchema>;
export type CheckedOpenAIFaults = z.output<typeof openAIFaultsSchema>;

/** What the home page tells people they can write for OpenAI alone. */
export const openAIDirectiveHelp: ReadonlyArray<readonly [string, string]> = [
	[
		'moderation=input',
		'the prompt is refused by moderation (also: output); in a chat, by the model',
	],
	['quota', 'the call is refused with insufficient_quota'],
	[
		'stream=KIND',
		'a streamed answer goes wrong before its last image: broken, ended, stuck, error, moderated, or ignored for plain JSON',
	],
	['damaged=2', 'the second picture of the answer is cut short, and the answer itself is whole'],
	['refuse=text', 'the response is a refusal in words (also: part, a refusal part)'],
	['incomplete', 'the background response ends as incomplete'],
	[
		'signature=KIND',
		'the webhook is signed badly: stale, changedBody, wrongSecret, rotated, missing',
	],
];

const ownWords = [
	...['moderation', 'quota', 'refuse', 'incomplete', 'expire', 'signature', 'stream', 'damaged'],
];

/** Throws an error that names the wrong field. */
export function checkOpenAIFaults(faults: unknown): CheckedOpenAIFaults {
	const checked = openAIFaultsSchema.safeParse(faults);
	if (!checked.success) {
		const issue = checked.error.issues[0];
		throw new Error(`Faults: ${issue?.path.join('.') || '(top level)'}: ${issue?.message}`);
	}
	const { create, poll, any } = checked.data;
	return {
		...checked.data,
		...(create && { create: withRetryTimes(create) }),
		...(poll && { poll: withRetryTimes(poll) }),
		...(any && { any: withRetryTimes(any) }),
	};
}

/** Returns the prompt without its directives, and the faults that they ask for. */
export function readOpenAIDirectives(prompt: string): {
	prompt: string;
	faults: CheckedOpenAIFaults;
} {
	const { prompt: rest, words } = takeOwnDirectives(prompt, ownWords);
	const shared = readDirectives(rest);
	return { prompt: shared.prompt, faults: checkOpenAIFaults({ ...shared.faults, ...words }) };
}

/** A rate limit always says in both headers when to come again, and the two never contradict each other. */
function withRetryTimes(fault: BadAnswer): BadAnswer {
	const { status, retryAfter, retryAfterMs } = fault;
	if (status !== 429) return fault;
	if (retryAfterMs !== undefined) {
		return { ...fault, retryAfter: retryAfter ?? Math.ceil(retryAfterMs / 1000) };
	}
	if (typeof retryAfter === 'string') return fault;
	const seconds = retryAfter ?? 1;
	return { ...fault, retryAfter: seconds, retryAfterMs: seconds * 1000 };
}
