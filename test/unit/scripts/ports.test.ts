// The ports of servers that are started again and again: nothing else on the machine takes them meanwhile.
import { execFileSync } from 'node:child_process';

test('free ports are all different, and none is one that systems give to outgoing connections', () => {
	const program = `import { freePort } from './scripts/lib/ports.mjs';
const ports = await Promise.all(Array.from({ length: 50 }, freePort));
console.log(JSON.stringify(ports));`;
	const args = ['--input-type=module', '-e', program];
	const ports = JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' })) as number[];
	expect(new Set(ports).size).toBe(50);
	// Linux gives these from 32768 on, others from 49152.
	expect(Math.max(...ports)).toBeLessThan(32_768);
});
