// What can be asked of the fault matrix, and what is asked where nothing is said.
import { readOptions } from '../../faults/options';

test('where nothing is said, all cells, in every mode, and the docs stay', () => {
	expect(readOptions([])).toEqual({
		part: 1,
		seed: expect.any(Number) as number,
		only: [],
		mode: undefined,
		keep: false,
	});
});

test('everything at once', () => {
	const said = '--quick --seed 42 --only fal/get/ --only openai/ --mode continueRetry --keep';
	expect(readOptions(said.split(' '))).toEqual({
		part: 0.1,
		seed: 42,
		only: ['fal/get/', 'openai/'],
		mode: 'continueRetry',
		keep: true,
	});
});

test('a mode that is none is refused with the names of all', () => {
	expect(() => readOptions(['--mode', 'Retry'])).toThrow(
		'There is no mode Retry, only stop, continue, retry, continueRetry.',
	);
});
