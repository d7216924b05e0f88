// The chaos test itself: chance that is the same for the same seed, and a judgement that finds what is lost or made twice.
import { execFileSync } from 'node:child_process';

/** What a program prints as JSON that has the parts of the chaos test at hand. */
function answerOf(program: string): unknown {
	const lines = [
		"import { faultOf } from './test/chaos/faults.mjs';",
		"import { judge } from './test/chaos/judge.mjs';",
		"import { planBatches } from './test/chaos/plan.mjs';",
		`console.log(JSON.stringify(${program}));`,
	];
	const args = ['--input-type=module', '-e', lines.join('\n')];
	return JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' }));
}

const DRAW = `(seed) => Array.from({ length: 5000 }, (_, number) =>
	faultOf(seed, { marker: \`wish-\${number}\`, kind: 'create', count: 1 })?.name)`;

test('a seed brings the same faults, another one others, to a fifth of all requests', () => {
	const [first, again, other] = answerOf(`['a', 'a', 'b'].map(${DRAW})`) as Array<
		Array<string | null>
	>;
	expect(again).toEqual(first);
	expect(other).not.toEqual(first);
	const faulty = first!.filter((name) => name !== null);
	expect(faulty.length / 5000).toBeCloseTo(0.2, 1);
	expect(new Set(faulty).size).toBe(9);
});

test('every provider and way is wished for, as often as asked', () => {
	const batches = answerOf("planBatches('a', 155)") as Array<{
		row: { id: string };
		wishes: object[];
	}>;
	expect(batches.flatMap(({ wishes }) => wishes)).toHaveLength(155);
	const rows = new Set(batches.map(({ row }) => row.id));
	for (const provider of ['evolink', 'coretoday', 'fal', 'openai', 'chat']) {
		expect([...rows].filter((id) => id.startsWith(provider))).not.toEqual([]);
	}
});

const paid = { created: 1, charged: 1 };
const nothing = { pictures: [], told: [] };
const told = (...items: object[]) => ({ pictures: [], told: items });

test.each([
	['an image', { books: paid, outcome: { pictures: ['a'], told: [] } }, 'out'],
	['told as free, and it was', { outcome: told({ mayBeCharged: false }) }, 'free'],
	['told as free, but charged', { books: paid, outcome: told({ mayBeCharged: false }) }, 'lost'],
	['told as unsure', { books: paid, outcome: told({ mayBeCharged: true }) }, 'unsure'],
	['told with its task', { books: paid, outcome: told({ taskId: 'task-1' }) }, 'unsure'],
	['never told', { books: paid, outcome: nothing }, 'lost'],
	['never told, nor ordered', { outcome: nothing }, 'lost'],
	['crashed and in the log', { books: paid, outcome: nothing, crash: true, log: true }, 'logged'],
	['crashed and in no log', { books: paid, outcome: nothing, crash: true }, 'lost'],
	['crashed before it was ordered', { outcome: nothing, crash: true }, 'notOrdered'],
	['in the log, but left out of an output', { books: paid, outcome: nothing, log: true }, 'lost'],
	[
		'left out of an output after a crash',
		{ books: paid, outcome: { ...nothing, isDropped: true }, crash: true, log: true },
		'lost',
	],
])('%s', (_, { books, outcome, crash = false, log = false }: Known, fate) => {
	const known = { books, outcome, hasCrashed: crash, isLogged: log };
	expect(answerOf(`judge({ row: {} }, ${JSON.stringify(known)})`)).toEqual({
		fate,
		madeTwice: false,
		chargedTwice: false,
	});
});

interface Known {
	books?: object;
	outcome: object;
	crash?: boolean;
	log?: boolean;
}

test.each([
	['charged twice', {}, { created: 2, charged: 2 }, ['a'], false, true],
	['two pictures', {}, paid, ['a', 'b'], true, false],
	['two answers', { isSynchronous: true }, { created: 2, charged: 1 }, ['a'], true, false],
	['a failed one before', {}, { created: 2, charged: 1 }, ['a', 'a'], false, false],
])('%s', (_, row, books, pictures, madeTwice, chargedTwice) => {
	const known = { books, outcome: { pictures, told: [] }, hasCrashed: false, isLogged: true };
	expect(answerOf(`judge(${JSON.stringify({ row })}, ${JSON.stringify(known)})`)).toEqual({
		fate: 'out',
		madeTwice,
		chargedTwice,
	});
});
