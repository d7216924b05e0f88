// An order that the person has named, where that name stands for another order at the provider.
import type { ImageProvider } from '../../providers/contract';
import { ImageFailure } from '../../providers/failure';
import { failureIn } from '../result';

/** The refusal of an order whose name stands for another one, in words; any other error as it is. */
export function inWordsOfReference(
	error: Error,
	{ name }: ImageProvider,
	orderReference: string,
): Error {
	const details = failureIn(error)?.details;
	if (!details?.keyTaken) return error;
	return new ImageFailure({
		...details,
		kind: 'conflict',
		message: `The reference "${orderReference}" belongs to another order at ${name}. Nothing was ordered or charged.`,
		advice: [
			`To order this one too, enter a new reference, such as ${orderReference}-2.`,
			`To have the images of the other order, use Task: Get with its task ID, from the execution that placed it or from n8n's log.`,
			'They differ in the prompt, a setting or an input image (a file counts as another one with each upload), or another execution waits for the other order.',
		].join(' '),
		orderReference,
		// The earlier order, which is to have the same name.
		mayBeCharged: true,
	});
}
