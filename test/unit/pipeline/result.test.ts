// A promise's failure as a value, and the failures of ours among all errors.
import { failureIn, resultOf } from '../../../pipeline/result';
import { badInput } from '../../../providers/failure';

it('answers the value of a promise that was kept', async () => {
	expect(await resultOf(Promise.resolve(7))).toEqual({ ok: true, value: 7 });
});

it('answers the error of a promise that was broken, the very same one', async () => {
	const error = new Error('It broke.');
	const outcome = await resultOf(Promise.reject(error));
	expect(outcome.ok === false && outcome.error).toBe(error);
});

test.each<[string, unknown, string]>([
	['text', 'It broke.', 'It broke.'],
	['nothing', undefined, 'undefined'],
	['null', null, 'null'],
])('makes an error of %s', async (_rule, thrown, message) => {
	const thrower = async () => await Promise.reject(thrown as Error);
	expect(await resultOf(thrower())).toEqual({ ok: false, error: new Error(message) });
});

it('finds a failure of ours, and none in any other error', () => {
	const failure = badInput('The Prompt is empty.', 'Describe the image.');
	expect(failureIn(failure)).toBe(failure);
	expect(failureIn(new Error('It broke.'))).toBeUndefined();
});
