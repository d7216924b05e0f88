// A promise's failure as a value, and the failures of ours among all errors.
import { allValues, failureIn, resultOf } from '../../../pipeline/result';
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

it('keeps what was thrown as the cause of the error that is made of it', async () => {
	const thrown = { code: 'ECONNRESET' };
	const thrower = async () => await Promise.reject(thrown as unknown as Error);
	const outcome = await resultOf(thrower());
	expect(outcome.ok === false && outcome.error.cause).toBe(thrown);
});

describe('of several promises', () => {
	it('answers all values in their order', async () => {
		const later = new Promise((resolve) => setImmediate(() => resolve('a')));
		expect(await allValues([later, Promise.resolve('b')])).toEqual(['a', 'b']);
		expect(await allValues([])).toEqual([]);
	});

	it('throws the first failure in their order, once all have ended', async () => {
		const ended: string[] = [];
		const ending = async (name: string, turns: number, fails: boolean) => {
			for (let turn = 0; turn < turns; turn++) await new Promise(setImmediate);
			ended.push(name);
			if (fails) throw new Error(name);
		};
		const all = allValues([ending('a', 2, true), ending('b', 1, true), ending('c', 3, false)]);
		await expect(all).rejects.toThrow('a');
		expect(ended).toEqual(['b', 'a', 'c']);
	});
});
