// What a person sees of long steps, one within another.
import { execFileSync } from 'node:child_process';

/** What a program prints that may let time pass: every ten seconds, a step tells how far it is. */
function printed(program: string): string[] {
	const lines = [
		"import { mock } from 'node:test';",
		"import { progress, say, stopProgress } from './scripts/lib/say.mjs';",
		"mock.timers.enable({ apis: ['setInterval', 'Date'] });",
		'const tenSeconds = () => mock.timers.tick(10_000);',
		program,
	];
	const args = ['--input-type=module', '-e', lines.join('\n')];
	return execFileSync(process.execPath, args, { encoding: 'utf8' }).trimEnd().split('\n');
}

const TWO = `const outer = progress('Measuring', () => 'run 1');
tenSeconds();
const inner = progress('Building', () => '');
tenSeconds();
`;
const BEGUN = ['▸ Measuring', '  … run 1, 10 s', '▸ Building', '  … 10 s'];

test('a step within another is the one that moves; then the outer one goes on, and ends', () => {
	const lines = printed(
		`${TWO}inner.done(); tenSeconds(); outer.done(); tenSeconds(); say('End');`,
	);
	expect(lines).toEqual([
		...BEGUN,
		'  done after 10 s',
		'  … run 1, 30 s',
		'  done after 30 s',
		'End',
	]);
});

test('what was given up moves no more, and says no more that it has ended', () => {
	const lines = printed(
		`${TWO}stopProgress(); tenSeconds(); inner.done(); outer.failed(); say('End');`,
	);
	expect(lines).toEqual([...BEGUN, 'End']);
});
