// The measurement's frame is made of modules that jest doesn't load: what they answer is asked of a process of its own.
import { execFileSync } from 'node:child_process';

/** What an expression is worth, with everything that a module of the frame exports. */
export function worth(module: string, expression: string, given: unknown = {}): unknown {
	const program = `
		import * as frame from './bench/frame/${module}.mjs';
		const given = ${JSON.stringify(given)};
		process.stdout.write(JSON.stringify(${expression}) ?? 'null');`;
	const args = ['--input-type=module', '-e', program];
	return JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' }));
}
