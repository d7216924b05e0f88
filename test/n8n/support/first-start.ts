// An npm start in a folder of its own, and what a person does in the n8n that it has started.
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { accepted, dataOf, send, type Session } from './rest';

const SCRIPT = join('test', 'n8n', 'support', 'start-in.mjs');
const LOOK_AGAIN_MS = 100;

export interface Started {
	/** All that it has printed. */
	words: string;
	/** Asks it to end, as Ctrl-C does, and answers its exit code. */
	end(): Promise<number | null>;
}

/** A port that nothing listens on, found as the scripts find theirs. */
export function freePort(): string {
	const program = `import { freePort } from './scripts/lib/ports.mjs'; console.log(await freePort());`;
	const args = ['--input-type=module', '-e', program];
	return execFileSync(process.execPath, args, { encoding: 'utf8' }).trim();
}

/** A PATH with nothing on it but what the scripts themselves need. */
export function barePath(folder: string): string {
	const path = join(folder, 'bin');
	mkdirSync(path, { recursive: true });
	symlinkSync(process.execPath, join(path, 'node'));
	symlinkSync('/bin/sh', join(path, 'sh'));
	return path;
}

/** Runs until everything is started, or until it has ended by itself. */
export async function startIn(
	folder: string,
	{ n8n, sandbox, path }: { n8n: string; sandbox: string; path: string },
): Promise<Started> {
	// n8n doesn't start where it takes itself for tested.
	const env = { ...process.env, NODE_ENV: undefined, PATH: path };
	const child = spawn(process.execPath, [SCRIPT, folder, n8n, sandbox], {
		env,
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	let words = '';
	let isOver = false;
	for (const stream of [child.stdout, child.stderr]) {
		stream.on('data', (text: Buffer) => (words += text.toString()));
	}
	const ended = new Promise<number | null>((resolve) => {
		child.once('close', (code) => {
			isOver = true;
			resolve(code);
		});
	});
	while (!isOver && !words.includes('Everything is started')) await sleep(LOOK_AGAIN_MS);
	return {
		words,
		end: async () => {
			if (!isOver) child.kill('SIGINT');
			return await ended;
		},
	};
}

/** A person who is signed in to an n8n. */
export class Person {
	private readonly session: Session;

	constructor(url: string) {
		this.session = { url, cookie: '' };
	}

	async signIn(emailOrLdapLoginId: string, password: string): Promise<void> {
		const response = await this.send('POST', '/login', { emailOrLdapLoginId, password });
		const cookies = response.headers.getSetCookie();
		this.session.cookie = cookies.map((entry) => entry.split(';')[0]).join('; ');
	}

	async get<Answer>(path: string): Promise<Answer> {
		return await dataOf<Answer>(await this.send('GET', path));
	}

	/** Deletes a workflow. One that was published n8n takes back first, and that takes a moment. */
	async deleteWorkflow(id: string): Promise<void> {
		await this.send('POST', `/workflows/${id}/archive`);
		while ((await send(this.session, 'DELETE', `/workflows/${id}`)).status === 409) {
			await sleep(LOOK_AGAIN_MS);
		}
	}

	async send(method: string, path: string, body?: object): Promise<Response> {
		return await accepted(this.session, method, path, body);
	}
}
