// The rows of the bench's growth section: what each of many items takes, and whether that is more than each of few takes.
import { execFileSync } from 'node:child_process';

interface Row {
	what: string;
	contender: string;
	unit: string;
	values: number[];
	floor?: boolean;
	limit?: { value: number };
	problem?: string;
}

const run = (items: number, seconds: number, held: number, problem?: string) => ({
	items,
	seconds,
	held,
	problem,
});
const both = (...runs: Array<ReturnType<typeof run>>) =>
	['answer', 'task'].flatMap((way) => runs.map((each) => ({ way, ...each })));

function rowsOf(sizes: number[], ours: object[], floor: object[]): Row[] {
	const program = `import { growthRows } from './bench/growth/rows.mjs';
		const seen = ${JSON.stringify({ section: 'Growth', ours, floor })};
		console.log(JSON.stringify(growthRows(${JSON.stringify(sizes)}, seen)));`;
	const args = ['--input-type=module', '-e', program];
	return JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' })) as Row[];
}

const rows = rowsOf(
	[1, 100, 1000],
	[
		both(run(1, 0.02, 0.1), run(100, 0.5, 1), run(1000, 6, 10)),
		both(run(1, 0.03, 0.1), run(100, 0.4, 1), run(1000, 4, 20, 'image 7 is wrong')),
	],
	[
		both(run(1, 0.01, 0), run(100, 0.1, 0), run(1000, 1, 0)),
		both(run(1, 0.01, 0), run(100, 0.1, 0), run(1000, 2, 0)),
	],
);
const ofAnswers = rows.filter(({ what }) => what.endsWith('picture in the answer'));
const named = (start: string) => ofAnswers.filter(({ what }) => what.startsWith(start));

test('time is told for each item, in milliseconds, of us and of the floor, a value for each run', () => {
	const [floor, ours] = named('Time per item of 100 items');
	expect(floor).toMatchObject({ contender: 'Floor (undici)', unit: 'ms', floor: true });
	expect(floor?.values).toEqual([1, 1]);
	expect(ours).toMatchObject({ contender: 'This package', unit: 'ms' });
	expect(ours?.values).toEqual([5, 4]);
	expect(named('Time per item of 1 item,')).toHaveLength(2);
});

test('heap is told for each item of many only', () => {
	expect(named('Heap per item').map(({ values }) => values)).toEqual([
		[10.24, 10.24],
		[10.24, 20.48],
	]);
});

test('growth compares the two largest sizes within one run', () => {
	const [time, heap] = named('Growth');
	expect(time?.what).toContain('100 to 1,000 items');
	expect(time?.values.map((value) => value.toFixed(6))).toEqual(['1.200000', '1.000000']);
	expect(time?.limit).toEqual({ value: 1.2 });
	expect(heap?.values).toEqual([1, 2]);
});

test('the most items may be in the first run only', () => {
	const ours = [both(run(100, 0.5, 1), run(1000, 6, 10)), both(run(100, 0.4, 1))];
	const fewer = rowsOf([100, 1000], ours, [both(run(100, 0.1, 0), run(1000, 1, 0))]);
	const valuesOf = (start: string) => fewer.find(({ what }) => what.startsWith(start))?.values;
	expect(valuesOf('Growth of time')?.map((value) => value.toFixed(6))).toEqual(['1.200000']);
	expect(valuesOf('Time per item of 1,000')).toEqual([1]);
});

test('a wrong picture in any run is a problem of its size', () => {
	const problems = ofAnswers.filter(({ problem }) => problem);
	expect(problems.map(({ what, problem }) => [what, problem])).toEqual([
		['Time per item of 1,000 items, picture in the answer', 'image 7 is wrong'],
	]);
});

test('both ways have the same rows', () => {
	expect(rows).toHaveLength(2 * ofAnswers.length);
});
