// Lint refuses patterns that take longer and longer on a long text, wherever shipped code is.
import { execFile } from 'node:child_process';
import { resolve } from 'node:path';

const root = resolve(__dirname, '../../..');
const eslint = resolve(root, 'node_modules/eslint/bin/eslint.js');

/** The rules that a text breaks as the content of a file. */
async function brokenRules(file: string, text: string): Promise<string[]> {
	const args = [eslint, '--stdin', '--stdin-filename', file, '--format', 'json'];
	const output = await new Promise<string>((done) => {
		const child = execFile(process.execPath, args, { cwd: root }, (_error, stdout) => {
			done(stdout);
		});
		child.stdin!.end(text);
	});
	const [{ messages }] = JSON.parse(output) as [{ messages: Array<{ ruleId: string }> }];
	return messages.map(({ ruleId }) => ruleId);
}

const isMatch = (pattern: string) =>
	`export const isMatch = (text: string): boolean => ${pattern}.test(text);\n`;

test.each([
	'providers/trimmed.ts',
	'pipeline/context.ts',
	'nodes/EvoLink/session.ts',
	'credentials/shared/signing.ts',
])('%s can hold no pattern that goes back again and again', async (file) => {
	const rules = await brokenRules(file, isMatch('/^(?:\\w+\\s?)*$/'));
	expect(rules).toContain('regexp/no-super-linear-backtracking');
	expect(await brokenRules(file, isMatch('/\\w+ends/'))).toContain('regexp/no-super-linear-move');
	expect(await brokenRules(file, isMatch('/^\\w+$/'))).toEqual([]);
});
