// The cells of a run: those that are meant, and of a quick run the same for the same seed; each comes up under some seed.
import { MODES, cellOf } from '../../faults/cells';
import { drawn, meantBy, shuffled } from '../../faults/choice';

const ALL = Array.from({ length: 1000 }, (_, index) => index);

test('a seed draws the same part again', () => {
	expect(drawn(ALL, 0.1, 7)).toEqual(drawn(ALL, 0.1, 7));
	expect(drawn(ALL, 0.1, 7)).toHaveLength(100);
});

test('what is drawn by a seed, once and for all', () => {
	expect(drawn(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j'], 0.3, 42)).toMatchInlineSnapshot(`
		[
		  "a",
		  "h",
		  "d",
		]
	`);
});

test('no cell is drawn twice', () => {
	expect(new Set(drawn(ALL, 0.5, 3)).size).toBe(500);
	expect(shuffled(ALL, 3).toSorted((a, b) => a - b)).toEqual(ALL);
});

test('other seeds draw others, and in the end each one', () => {
	const seen = new Set(Array.from({ length: 100 }, (_, seed) => drawn(ALL, 0.1, seed)).flat());
	expect(seen.size).toBe(ALL.length);
});

test('a part of a few is at least one', () => {
	expect(drawn(['only'], 0.1, 1)).toEqual(['only']);
	expect(drawn([], 0.1, 1)).toEqual([]);
});

describe('of all cells are meant', () => {
	const cells = ['get', 'get.poll', 'getAll'].flatMap((operation) =>
		MODES.map((mode) =>
			cellOf({ provider: 'fal', operation, fault: 'status-500', spell: 'always', mode }),
		),
	);
	const idsOf = (operation: string, modes: readonly string[]) =>
		modes.map((mode) => `fal/${operation}/status-500/always/${mode}`);

	test.each<[string, Parameters<typeof meantBy>[0], string[]]>([
		['all, where nothing is said', { only: [] }, cells.map(({ id }) => id)],
		['those whose names begin so', { only: ['fal/get/'] }, idsOf('get', MODES)],
		[
			'those that begin in one of several ways',
			{ only: ['fal/get.', 'fal/getA'] },
			[...idsOf('get.poll', MODES), ...idsOf('getAll', MODES)],
		],
		[
			'the one that is named whole, also where other names begin with its own',
			{ only: ['fal/get/status-500/always/continue'] },
			idsOf('get', ['continue']),
		],
		[
			'those in a mode',
			{ only: [], mode: 'continueRetry' },
			['get', 'get.poll', 'getAll'].flatMap((operation) => idsOf(operation, ['continueRetry'])),
		],
		[
			'those in a mode whose names begin so',
			{ only: ['fal/get/'], mode: 'continue' },
			idsOf('get', ['continue']),
		],
		['none, where no name begins so', { only: ['fal/gets'] }, []],
	])('%s', (_what, said, expected) => {
		expect(meantBy(said, cells).map(({ id }) => id)).toEqual(expected);
	});
});
