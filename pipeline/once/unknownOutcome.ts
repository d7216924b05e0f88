// When no answer tells whether a create was done: the failure then says so, and where to look.
import type { ImageProvider } from '../../providers/contract';
import { ImageFailure, type FailureDetails } from '../../providers/failure';
import { mayHaveStarted } from '../http/retryPolicy';
import { failureIn } from '../result';

const LOST = "The picture stood inside the answer, so it can't be fetched a second time.";

/** As much of a provider as tells a person where to look. */
export type AskedProvider = Pick<ImageProvider, 'name' | 'whereToLook'>;

/** The error of a create that may have been done and charged, with how to find out; any other as it is. */
export function withOutcome(error: Error, { name, whereToLook }: AskedProvider): Error {
	const details = failureIn(error)?.details;
	// An answer without an image isn't unknown itself, only whether it was charged: it says so in its own words.
	if (!details || details.kind === 'noImage' || !mayHaveStarted(details)) return error;
	return new ImageFailure({
		...details,
		kind: 'outcomeUnknown',
		advice: `${details.kind === 'download' ? LOST : `Nobody can tell whether ${withinSentence(name)} did the work.`} It may have been charged. ${whereToLook}`,
	});
}

/** The refusal of an order of which an earlier try may have been done: it says nothing of that one. */
export function stillInDoubt(error: Error): Error {
	const details = failureIn(error)?.details;
	if (!details || details.keyTaken || mayHaveBeenDone(error, false)) return error;
	const advice = details.advice.replace(/ Nothing was charged for this request\./, '');
	return new ImageFailure({
		...details,
		kind: 'outcomeUnknown',
		advice: `${advice} An earlier try of this order may have been done and charged: Retry in n8n's list of executions looks for it, and pays nothing twice.`,
		mayBeCharged: true,
	});
}

/** Whether nobody can tell what has become of the create that failed with this. */
export function mayHaveBeenDone(error: Error, isAnswered: boolean): boolean {
	const details = failureIn(error)?.details;
	// What is none of our failures comes from before the request or from reading the answer to it.
	if (!details) return isAnswered;
	return details.kind === 'outcomeUnknown' || mayHaveStarted(details);
}

/** The failure of a try that sends nothing, since an earlier one may have been done. Quotes what that one ended with. */
export function stillUnknown(
	{ name, whereToLook }: AskedProvider,
	earlier?: Pick<FailureDetails, 'kind' | 'message'>,
): ImageFailure {
	const got =
		earlier?.kind === 'noImage'
			? 'an answer without an image'
			: `no usable answer from ${withinSentence(name)}`;
	const ended = earlier ? [`That try ended with: ${earlier.message}`] : [];
	return new ImageFailure({
		kind: 'outcomeUnknown',
		message: `An earlier try got ${got}, so this try sent nothing.`,
		advice: [
			...ended,
			'The work may have been done and charged, and a second request could be charged again.',
			whereToLook,
			'If nothing was done, run the workflow again.',
		].join(' '),
	});
}

/** A provider without a name of its own is called The gateway. */
export function withinSentence(name: string): string {
	return name.replace(/^The /, 'the ');
}
