// What the refusal of a name says that stands for another order.
import { inWordsOfReference } from '../../../../pipeline/once/takenReference';
import { failureIn } from '../../../../pipeline/result';
import type { ImageProvider } from '../../../../providers/contract';
import { ImageFailure } from '../../../../providers/failure';

const EVOLINK = { name: 'EvoLink' } as ImageProvider;

describe('the refusal of a name', () => {
	const taken = new ImageFailure({
		kind: 'badRequest',
		message: 'No.',
		advice: 'Look.',
		status: 409,
		keyTaken: true,
	});

	it('says that it stands for another order, that may have been charged', () => {
		expect(failureIn(inWordsOfReference(taken, EVOLINK, 'row 13'))?.details).toMatchObject({
			kind: 'conflict',
			status: 409,
			message:
				'The reference "row 13" belongs to another order at EvoLink. Nothing was ordered or charged.',
			advice:
				"To order this one too, enter a new reference, such as row 13-2. To have the images of the other order, use Task: Get with its task ID, from the execution that placed it or from n8n's log. They differ in the prompt, a setting or an input image (a file counts as another one with each upload), or another execution waits for the other order.",
			orderReference: 'row 13',
			mayBeCharged: true,
		});
	});

	it('leaves every other error as it is', () => {
		const others = [new TypeError('no'), new ImageFailure({ ...taken.details, keyTaken: false })];
		for (const other of others) expect(inWordsOfReference(other, EVOLINK, 'row 13')).toBe(other);
	});
});
