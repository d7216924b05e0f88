// What npm run bench:scale asks the sandbox for: an item is known by its prompt, and ten thousand share a thousand pictures.
import { execFileSync } from 'node:child_process';

function answerOf(expression: string): unknown {
	const program = `import { numberIn, promptOf } from './bench/scale/provider.mjs';
		console.log(JSON.stringify(${expression}));`;
	const args = ['--input-type=module', '-e', program];
	return JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' }));
}

test('every item is known by its prompt', () => {
	const numbers = [1, 999, 1000, 1001, 10_000];
	const found = answerOf(
		`${JSON.stringify(numbers)}.map((number) => numberIn(promptOf(number, 0.25)))`,
	);
	expect(found).toEqual(numbers);
});

test('what the sandbox draws is the same for every thousandth item, and another for its neighbours', () => {
	const words = answerOf(
		"[1, 2, 1001, 2001].map((number) => promptOf(number, 60).split(' [')[0])",
	) as string[];
	expect(new Set(words).size).toBe(2);
	expect([words[2], words[3]]).toEqual([words[0], words[0]]);
});
