// The misbehaviour that only Core.Today's side knows: what its documents leave open, each way of it.
import { z } from 'zod';
import { readDirectives } from '../faults/directives';
import { faultsSchema } from '../faults/faults';
import { takeOwnDirectives } from '../faults/own-directives';

/** Error bodies are undocumented: {error:{message}}, {error:"…"}, {detail:"…"} or {message:"…"}. */
const errorShape = z.enum(['nested', 'error', 'detail', 'message']);

export const coreTodayFaultsSchema = faultsSchema.extend({
	errorShape: errorShape.optional(),
	/** The word for a prediction that failed. */
	failedStatus: z.enum(['failed', 'error']).optional(),
	/** The word for a prediction that was cancelled. */
	cancelledStatus: z.enum(['canceled', 'cancelled']).optional(),
});

export type ErrorShape = z.output<typeof errorShape>;
export type CoreTodayFaults = z.input<typeof coreTodayFaultsSchema>;
export type CheckedCoreTodayFaults = z.output<typeof coreTodayFaultsSchema>;

/** What the home page tells people they can write for Core.Today alone. */
export const coreTodayDirectiveHelp: ReadonlyArray<readonly [string, string]> = [
	['error-shape=KIND', 'how errors are written: nested, error, detail, message'],
	['failed-status=error', 'the word for a failure (usually: failed)'],
	['cancelled-status=canceled', 'the word for a cancellation (also: cancelled)'],
];

const ownFields = {
	'error-shape': 'errorShape',
	'failed-status': 'failedStatus',
	'cancelled-status': 'cancelledStatus',
} as const;

/** Throws an error that names the wrong field. */
export function checkCoreTodayFaults(faults: unknown): CheckedCoreTodayFaults {
	const checked = coreTodayFaultsSchema.safeParse(faults);
	if (checked.success) return checked.data;
	const issue = checked.error.issues[0];
	throw new Error(`Faults: ${issue?.path.join('.') || '(top level)'}: ${issue?.message}`);
}

/** Returns the prompt without its directives, and the faults that they ask for. */
export function readCoreTodayDirectives(prompt: string): {
	prompt: string;
	faults: CheckedCoreTodayFaults;
} {
	const { prompt: rest, words } = takeOwnDirectives(prompt, Object.keys(ownFields));
	const shared = readDirectives(rest);
	const own = Object.entries(ownFields).flatMap(([word, field]) =>
		words[word] === undefined ? [] : [[field, words[word]] as const],
	);
	const faults = checkCoreTodayFaults({ ...shared.faults, ...Object.fromEntries(own) });
	return { prompt: shared.prompt, faults };
}
