// What becomes of the values of each run: median, spread, ratio to the floor, and whether a mark is met.
import { worth } from './frame';

const row = (more: object) => ({
	section: 'Batch',
	what: '24 items',
	contender: 'This package',
	unit: 's',
	values: [1],
	...more,
});
const floorRow = (more: object) => row({ contender: 'Floor (undici)', floor: true, ...more });
const figuresOf = (...rows: object[]) =>
	worth('statistics', 'frame.figuresOf(given)', rows) as Array<Record<string, unknown>>;

test.each([
	[[3, 1, 2], { median: 2, least: 1, most: 3 }],
	[[4, 1, 2, 3], { median: 2.5, least: 1, most: 4 }],
	[[7], { median: 7, least: 7, most: 7 }],
	[[10, 9], { median: 9.5, least: 9, most: 10 }],
])('%j has the median and spread %j', (values, spread) => {
	expect(figuresOf(row({ values }))[0]).toMatchObject({ spread });
});

test('ratios are taken within each run, to the floor of the same case and section', () => {
	const [ours, , other, elsewhere] = figuresOf(
		row({ values: [2, 30, 9] }),
		floorRow({ values: [1, 10, 6] }),
		row({ what: '1 item', values: [4, 4, 4] }),
		row({ section: 'Memory', values: [4, 4, 4] }),
	);
	// The ratio of the medians would be 1.5.
	expect(ours!.ratio).toEqual({ median: 2, least: 1.5, most: 3 });
	expect(other!.ratio).toBeUndefined();
	expect(elsewhere!.ratio).toBeUndefined();
});

test('what was measured in fewer runs than the floor is held against the floor of these', () => {
	const [ours] = figuresOf(row({ values: [8] }), floorRow({ values: [2, 100] }));
	expect(ours!.ratio).toEqual({ median: 4, least: 4, most: 4 });
});

test.each([
	[{ value: 10 }, [10], 'met'],
	[{ value: 10 }, [10.1], 'missed'],
	[{ ratio: 2 }, [10], 'met'],
	[{ ratio: 2 }, [11], 'missed'],
	[{ ratio: 2, value: 9 }, [10], 'missed'],
	[undefined, [1], undefined],
])('with the limit %j, %j is %s', (limit, values, mark) => {
	const [ours] = figuresOf(row({ values, limit }), floorRow({ values: [5] }));
	expect(ours!.mark).toBe(mark);
});

test('a ratio that can not be told meets no mark and misses none', () => {
	expect(figuresOf(row({ limit: { ratio: 2 } }))[0]!.mark).toBeUndefined();
});

test('cases stay together though their contenders were measured apart, and who has no value is left out', () => {
	const figures = figuresOf(
		row({ what: 'a' }),
		row({ what: 'b' }),
		floorRow({ what: 'a' }),
		row({ what: 'b', contender: 'nobody', values: [] }),
	);
	expect(figures.map(({ what }) => what)).toEqual(['a', 'a', 'b']);
});
