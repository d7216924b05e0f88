// npm run clean: it says what it will delete, and deletes it only when that is meant.
import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

let project: string;

beforeEach(() => {
	project = mkdtempSync(join(tmpdir(), 'imagegen-clean-'));
	cpSync('scripts', join(project, 'scripts'), {
		recursive: true,
		filter: (path) => !path.includes('n8n-app/'),
	});
	for (const folder of ['.local/n8n', 'dist', 'node_modules', 'examples']) {
		mkdirSync(join(project, folder), { recursive: true });
		writeFileSync(join(project, folder, 'kept'), 'x');
	}
});
afterEach(() => rmSync(project, { recursive: true, force: true }));

async function clean(...args: string[]): Promise<{ code: number | null; words: string }> {
	const child = spawn(process.execPath, [join(project, 'scripts', 'clean.mjs'), ...args], {
		stdio: ['ignore', 'pipe', 'inherit'],
	});
	let words = '';
	child.stdout.on('data', (text: Buffer) => (words += text.toString()));
	const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
	return { code, words };
}

const has = (folder: string) => existsSync(join(project, folder, 'kept'));

test('without a terminal it only says what it would delete, and what to type', async () => {
	const { code, words } = await clean();
	expect(code).toBe(1);
	expect(words).toMatch(
		/\.local +the n8n of npm start with your workflows, credentials and images/,
	);
	expect(words).toMatch(/dist +the built package/);
	expect(words).toContain('npm run clean -- --yes');
	expect(['.local/n8n', 'dist'].map(has)).toEqual([true, true]);
});

test('with --yes it deletes that, and nothing else', async () => {
	const { code, words } = await clean('--yes');
	expect(code).toBe(0);
	expect(words).toContain('This deletes:');
	expect(['.local/n8n', 'dist'].map(has)).toEqual([false, false]);
	expect(['node_modules', 'examples'].map(has)).toEqual([true, true]);
	expect((await clean()).words).toBe('There is nothing to delete.\n');
});
