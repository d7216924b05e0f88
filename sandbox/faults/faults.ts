// The vocabulary of misbehaviour that a key or a single request can ask for.
import { z } from 'zod';

const whole = z.number().int().nonnegative();

const badAnswer = z
	.object({
		/** HTTP status; 200 together with body "cut" or "stall" means: really done, but half of the answer comes. */
		status: z.number().int().min(200).max(599).default(500),
		/** How many requests meet it before the sandbox behaves; without it, every request does. */
		times: whole.optional(),
		/** Seconds, or an HTTP date. */
		retryAfter: z.union([z.number().nonnegative(), z.string().min(1)]).optional(),
		retryAfterMs: z.number().nonnegative().optional(),
		/** What x-should-retry says, which official clients obey before anything else. */
		shouldRetry: z.boolean().optional(),
		/** The error's code, where the status alone doesn't say which error it is. */
		code: z.string().min(1).optional(),
		body: z.enum(['json', 'html', 'cut', 'stall', 'reset', 'hang', 'trickle']).default('json'),
		/** Where a redirect leads. */
		location: z.string().min(1).optional(),
		/** The honest answer in an odd form, by its name in the provider's table: then its status stays honest too. */
		odd: z.string().min(1).optional(),
		/** This very text, whatever it is. */
		text: z.string().optional(),
		headers: z.record(z.string()).optional(),
		/** The request really took effect before the bad answer. */
		afterEffect: z.boolean().optional(),
	})
	.strict();

/** Ways in which a link to a picture misbehaves; bad-downloads.ts has what each does. */
export const downloadKinds = [
	// Refused.
	'dead',
	'late',
	'busy',
	'down',
	'denied',
	// Not the picture.
	'html',
	'empty',
	'text',
	// Less than the picture, or slowly.
	'short',
	'truncated',
	'broken',
	'slow',
	'crawling',
	'stuck',
	// The picture in another form.
	'gzip',
	'br',
	'padded',
	'avif',
	'heic',
	'svg',
	'unknown',
	// Somewhere else, or far too much.
	'moved',
	'endless',
	'huge',
] as const;

const badDownload = z
	.object({
		kind: z.enum(downloadKinds),
		times: whole.optional(),
	})
	.strict();

const badCallback = z
	.object({
		lose: z.boolean().optional(),
		/** Deliveries beyond the first. */
		repeat: whole.max(100).optional(),
		delayMs: z.number().nonnegative().optional(),
		/** One more delivery that claims completion while the task is still processing. */
		early: z.boolean().optional(),
		/** Delivered in place of the genuine callback. */
		forge: z.enum(['status', 'unknownTask', 'notJson', 'oversized', 'wrongToken']).optional(),
	})
	.strict();

export const faultsSchema = z
	.object({
		seconds: z.number().nonnegative(),
		/** Before anything is done. The answer comes at once when the faults are replaced meanwhile. */
		answerDelayMs: z.number().nonnegative(),
		/** The only kind of request whose answer is delayed; without it, every kind is. */
		answerDelayOf: z.enum(['create', 'poll', 'upload', 'list']),
		fail: z.string().min(1),
		cancel: z.boolean(),
		never: z.boolean(),
		create: badAnswer,
		poll: badAnswer,
		upload: badAnswer,
		list: badAnswer,
		any: badAnswer,
		download: badDownload,
		linkLifetimeSeconds: z.number().nonnegative(),
		callback: badCallback,
		paidOutcomeUnknown: z.boolean(),
		fewerImages: whole,
		drawnSize: z.string().regex(/^[1-9]\d{1,3}x[1-9]\d{1,3}$/),
	})
	.partial()
	.strict();

/** What a person writes. */
export type Faults = z.input<typeof faultsSchema>;
/** What was checked and completed with defaults. */
export type CheckedFaults = z.output<typeof faultsSchema>;
export type BadAnswer = z.output<typeof badAnswer>;
export type BadDownload = z.output<typeof badDownload>;
export type CallbackFaults = z.output<typeof badCallback>;
export type ForgeryKind = NonNullable<CallbackFaults['forge']>;

/** Throws an error that names the wrong field when the faults are not of the vocabulary. */
export function checkFaults(faults: unknown): CheckedFaults {
	const checked = faultsSchema.safeParse(faults);
	if (checked.success) return checked.data;
	const issue = checked.error.issues[0];
	throw new Error(`Faults: ${issue?.path.join('.') || '(top level)'}: ${issue?.message}`);
}
