// npm run test:mutation: which mutants are drawn, which tests judge them, and what the table says of the outcomes.
import { execFileSync } from 'node:child_process';

/** What an expression comes to that uses the exports of a module of scripts/lib/mutation. */
function result(module: string, expression: string): unknown {
	const program = `import * as it from './scripts/lib/mutation/${module}.mjs';
		console.log(JSON.stringify(${expression}));`;
	const args = ['--input-type=module', '-e', program];
	return JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' }));
}

describe('a sample', () => {
	/** Of so many mutants, by their lines. */
	const drawn = (lines: number[], size: number, seed: string) => {
		const mutants = lines.map((line) => ({
			fileName: 'a.ts',
			location: { start: { line }, end: {} },
		}));
		const sample = `it.drawn(${JSON.stringify(mutants)}, { size: ${size}, seed: '${seed}' })`;
		return result('sample', `${sample}.map(({ location }) => location.start.line)`) as number[];
	};
	const lines = Array.from({ length: 1_000 }, (_, line) => line);

	test('is the same for the same seed, whatever the order of the mutants, and another for another', () => {
		const sample = drawn(lines, 100, '7');
		expect(drawn([...lines].reverse(), 100, '7')).toEqual(sample);
		expect(drawn(lines, 100, '8')).not.toEqual(sample);
	});

	test('has as many as were asked for, each once, from everywhere', () => {
		const sample = drawn(lines, 100, '7');
		expect(new Set(sample).size).toBe(100);
		expect(sample.filter((line) => line < 500).length).toBeGreaterThan(35);
		expect(sample.filter((line) => line >= 500).length).toBeGreaterThan(35);
	});

	test('is all of them when fewer are there', () => {
		expect(drawn([1, 2], 400, '7').sort()).toEqual([1, 2]);
	});

	test('a larger one holds the smaller one', () => {
		expect(drawn(lines, 200, '7').slice(0, 100)).toEqual(drawn(lines, 100, '7'));
	});

	test('is found again among the results, whose lines and columns are counted from 1', () => {
		const made = {
			fileName: 'a.ts',
			mutatorName: 'BooleanLiteral',
			replacement: 'false',
			location: { start: { column: 4, line: 0 }, end: { column: 0, line: 1 } },
		};
		const location = { start: { line: 1, column: 5 }, end: { line: 2, column: 1 } };
		const told = { ...made, location, status: 'Killed' };
		expect(result('sample', `it.keyOfResult(${JSON.stringify(told)})`)).toBe(
			result('sample', `it.keyOf(${JSON.stringify(made)})`),
		);
	});
});

test.each([
	// Noticed, of how many, drawn from how many, percentage points to either side.
	[340, 400, 17_000, 3.5],
	[200, 400, 17_000, 4.8],
	[400, 400, 17_000, 0.7],
	[85, 100, 100, 0],
	[9, 10, 20, 15.6],
])('the margin of %i noticed among %i of %i is %d', (noticed, total, ofAll, margin) => {
	const points = result('score', `it.marginOf({ noticed: ${noticed}, total: ${total} }, ${ofAll})`);
	expect(Number((points as number).toFixed(1))).toBe(margin);
});

const mutant = (fileName: string, status: string, line = 1) => ({
	fileName,
	status,
	replacement: '{}',
	location: { start: { line, column: 1 }, end: { line, column: 9 } },
});

const results = [
	mutant('providers/evolink/tasks.ts', 'Killed', 2),
	mutant('providers/evolink/index.ts', 'Survived', 2),
	mutant('providers/evolink/index.ts', 'NoCoverage'),
	mutant('pipeline/media/store/imageEnd.ts', 'Timeout'),
	mutant('pipeline/media/imageItem.ts', 'Killed'),
	mutant('pipeline/clock.ts', 'CompileError'),
];

test('the table has a row for each room with what came out, and one for all', () => {
	const table = result('report', `it.roomTable(${JSON.stringify(results)})`) as string;
	expect(table.split('\n')).toEqual([
		'Room               Mutants  Killed  Survived  Timed out  No coverage  Score',
		'─────────────────  ───────  ──────  ────────  ─────────  ───────────  ─────',
		'pipeline/media     2        1       0         1          0            100.0',
		'providers/evolink  3        1       1         0          1            33.3',
		'all                5        2       1         1          1            60.0',
	]);
});

test('each mutant that no test has noticed has its place and what was changed', () => {
	const read = "() => 'one(two);\\nthree(\\tfour);'";
	expect(result('report', `it.survivorLines(${JSON.stringify(results)}, ${read})`)).toEqual([
		'providers/evolink/index.ts:1  one(two)  →  {}  (no judging test comes here)',
		'providers/evolink/index.ts:2  three( f  →  {}',
	]);
});

test('the verdict says what the score was measured on', () => {
	const sentence = (ofAll: number) =>
		result('report', `it.verdict(${JSON.stringify(results)}, ${ofAll})`);
	expect(sentence(0)).toBe('Score: 60.0 (5 mutants)');
	expect(sentence(20)).toBe('Score: 60.0 ± 28.8 (5 of 20 mutants, drawn evenly)');
});

describe('a mutant of providers/evolink/index.ts', () => {
	test.each([
		['test/unit/providers/evolink/tasks.test.ts', true],
		['test/unit/providers/words.test.ts', true],
		['test/unit/providers/load.test.ts', false],
		['test/unit/providers/evolink/someLoad.test.ts', false],
		['test/unit/providers/evolink/megabytes.test.ts', true],
		['test/unit/providers/evolink/download.test.ts', true],
		['test/unit/providers/evo/tasks.test.ts', false],
		['test/unit/providers/openai/tasks.test.ts', false],
		['test/unit/nodes/codex.test.ts', false],
		['test/engine/EvoLink/callback.test.ts', false],
	])('is judged by %s: %s', (testFile, judges) => {
		const expression = `it.isJudgeOf('${testFile}', 'providers/evolink/index.ts')`;
		expect(result('judges', expression)).toBe(judges);
	});

	test('is judged by the tests of its folder first', () => {
		const files = ['words', 'evolink/tasks', 'openai/tasks', 'evolink/index'].map(
			(name) => `test/unit/providers/${name}.test.ts`,
		);
		const expression = `it.judgesOf(${JSON.stringify(files)}, 'providers/evolink/index.ts')`;
		expect(result('judges', expression)).toEqual([files[1], files[3], files[0]]);
	});
});

test.each([
	[[], { patterns: ['providers/**/*.ts', 'pipeline/**/*.ts'], seed: '1', help: false }],
	[
		['providers/evolink/', 'pipeline/clock.ts', '--sample', '400', '--seed', '7'],
		{
			patterns: ['providers/evolink/**/*.ts', 'pipeline/clock.ts'],
			sample: 400,
			seed: '7',
			help: false,
		},
	],
])('%j is read as %j', (args, options) => {
	expect(result('options', `it.readOptions(${JSON.stringify(args)})`)).toEqual(options);
});

test.each([
	[['nodes/EvoLink'], 'There is no "nodes/EvoLink" in providers/ or pipeline/.'],
	[['providers/nowhere'], 'There is no "providers/nowhere" in providers/ or pipeline/.'],
	[['--sample', 'some'], '--sample takes a whole number above 0, not "some".'],
])('%j is refused: %s', (args, message) => {
	const refusal = `(() => { try { it.readOptions(${JSON.stringify(args)}); } catch (error) { return error.message; } })()`;
	expect((result('options', refusal) as string).split('\n')[0]).toBe(message);
});
