// The misbehaviour that only fal's side knows: its queue, its two-step results, its signed webhooks.
import { z } from 'zod';
import { readDirectives } from '../faults/directives';
import { faultsSchema } from '../faults/faults';
import { takeOwnDirectives } from '../faults/own-directives';

const seconds = z.coerce.number().nonnegative();

/** What is wrong with a webhook's signature or with what it signs. */
const signature = z.enum(['missing', 'wrong', 'other-key', 'old', 'respaced']);

export const falFaultsSchema = faultsSchema.extend({
	/** Of the pictures, counted from 0: black, and flagged. */
	black: z.union([z.literal('all'), z.coerce.number().int().nonnegative()]).optional(),
	/** A failure that took the machine's time, and costs. */
	paidFailure: z.boolean().optional(),
	/** In which form a failure's "detail" is. */
	detail: z.enum(['list', 'text', 'object']).optional(),
	/** It waits in the queue for ever, and its place doesn't change. */
	stuck: z.boolean().optional(),
	/** So long it waits for a machine, in the first place of the queue. */
	startAfterSeconds: seconds.optional(),
	/** A cancel is confirmed, and the request ends well all the same. */
	cancelTooLate: z.boolean().optional(),
	resultLifetimeSeconds: seconds.optional(),
	/** What reading the result meets, where reading the status meets nothing. */
	result: faultsSchema.shape.poll,
	/** The platform has run it twice: the webhook names another request as well. */
	gatewayRetry: z.boolean().optional(),
	/** The webhook comes without the output. */
	payloadError: z.boolean().optional(),
	signature: signature.optional(),
	/** Of uploads, for example "image/webp". */
	refusedTypes: z.array(z.string()).optional(),
});

export type FalFaults = z.input<typeof falFaultsSchema>;
export type CheckedFalFaults = z.output<typeof falFaultsSchema>;

/** What the home page tells people they can write for fal alone. */
export const falDirectiveHelp: ReadonlyArray<readonly [string, string]> = [
	['fail=TYPE', 'the run fails as fal names it: content_policy_violation, generation_timeout, …'],
	['black', 'all pictures are black and flagged, and paid (black=0: only the first)'],
	['paid-failure', 'a failed run costs all the same'],
	['detail=text', 'a failure is told as text (also: list, object)'],
	['stuck', 'it waits in the queue for ever, in the same place'],
	['start-after=5', 'it waits so many seconds for a machine'],
	['cancel-too-late', 'a cancel is confirmed, and the pictures are made all the same'],
	['result-lifetime=5', 'the result is kept so many seconds (usually: 1 h, 6 min from 10 KB)'],
	['result=503', 'reading the result answers this status, reading the status does not'],
	['gateway-retry', 'the webhook names another request as well, as after a retry of the platform'],
	['payload-error', 'the webhook comes without the output'],
	['signature=KIND', `the webhook's signature is bad: ${signature.options.join(', ')}`],
];

const flags = {
	'paid-failure': 'paidFailure',
	stuck: 'stuck',
	'cancel-too-late': 'cancelTooLate',
	'gateway-retry': 'gatewayRetry',
	'payload-error': 'payloadError',
} as const;
const values = {
	black: 'black',
	detail: 'detail',
	'start-after': 'startAfterSeconds',
	'result-lifetime': 'resultLifetimeSeconds',
	signature: 'signature',
} as const;
const RESULT = 'result';

/** Throws an error that names the wrong field. */
export function checkFalFaults(faults: unknown): CheckedFalFaults {
	const checked = falFaultsSchema.safeParse(faults);
	if (checked.success) return checked.data;
	const issue = checked.error.issues[0];
	throw new Error(`Faults: ${issue?.path.join('.') || '(top level)'}: ${issue?.message}`);
}

/** Returns the prompt without its directives, and the faults that they ask for. */
export function readFalDirectives(prompt: string): { prompt: string; faults: CheckedFalFaults } {
	const names = [...Object.keys(flags), ...Object.keys(values), RESULT];
	const { prompt: rest, words } = takeOwnDirectives(prompt, names);
	const shared = readDirectives(rest);
	const own: Record<string, unknown> = {};
	for (const [word, field] of Object.entries(flags)) if (words[word]) own[field] = true;
	for (const [word, field] of Object.entries(values)) {
		const value = words[word];
		if (value !== undefined) own[field] = value === true ? 'all' : value;
	}
	if (words[RESULT] !== undefined) own.result = { status: Number(words[RESULT]) };
	return { prompt: shared.prompt, faults: checkFalFaults({ ...shared.faults, ...own }) };
}
