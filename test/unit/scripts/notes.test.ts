// Whatever fails on the way to a running editor: it is noted with its reason, and the way goes on.
import { execFileSync } from 'node:child_process';

/** What a program prints that has these notes. */
function printed(program: string): string {
	const lines = [
		"import { createNotes } from './scripts/lib/notes.mjs';",
		'const notes = createNotes();',
		program,
	];
	const args = ['--input-type=module', '-e', lines.join('\n')];
	return execFileSync(process.execPath, args, { encoding: 'utf8' });
}

const FAILS = `const given = await notes.attempt('The sandbox does not run', async () => {
	throw new Error('Its last words:\\n    no room');
});`;
const WORKS = "const given = await notes.attempt('The sandbox does not run', async () => 'runs');";
const RESULT = 'console.log(JSON.stringify({ given, failures: notes.failures() }));';

test('what fails gives nothing, counts, and is noted with every line of its reason', () => {
	expect(printed(`${FAILS}${RESULT}notes.print();`)).toBe(
		'{"failures":1}\n\nNote\n  • The sandbox does not run. Its last words:\n        no room\n',
	);
});

test('what works gives its result, and is not noted', () => {
	expect(printed(`${WORKS}${RESULT}notes.print();`)).toBe('{"given":"runs","failures":0}\n');
});

test('what is only to be known is no failure, and stands in the order in which it came', () => {
	const known = "notes.add('n8n is at port 5679.'); notes.add(undefined);";
	expect(printed(`${known}${FAILS}${RESULT}notes.print();`)).toBe(
		[
			'{"failures":1}',
			'',
			'Notes',
			'  • n8n is at port 5679.',
			'  • The sandbox does not run. Its last words:\n        no room',
			'',
		].join('\n'),
	);
});

test('what is thrown without being an error is noted as it is', () => {
	const program = "await notes.attempt('No image', async () => { throw 'nothing drawn'; });";
	expect(printed(`${program}notes.print();`)).toBe('\nNote\n  • No image. nothing drawn\n');
});
