// npm test: build, type check, lint, n8n's scan, and last the unit and engine tests.
// Further arguments go to jest, for example: npm test -- test/unit
import { main } from './lib/main.mjs';
import { npmScriptQuietly, npmScriptVisibly } from './lib/npm.mjs';
import { say, step } from './lib/say.mjs';
import { setUpProject } from './lib/setup.mjs';

const steps = [
	['Types', () => npmScriptVisibly('typecheck')],
	['Lint', () => npmScriptVisibly('lint')],
	['n8n’s scan for community packages', () => npmScriptVisibly('scan')],
	['Unit and engine tests', () => npmScriptVisibly('test:unit', process.argv.slice(2))],
];

await main(async () => {
	await setUpProject();
	await npmScriptQuietly('build', { title: 'Build' });
	for (const [name, work] of steps) {
		step(name);
		const code = await work();
		if (code !== 0) {
			say(`\n${name}: failed.`);
			return code;
		}
	}
	return 0;
});
