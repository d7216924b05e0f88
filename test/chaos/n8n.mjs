// One n8n from outside: its process is started, killed and started again; its database and its log stay.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { plainEnvironment } from '../../scripts/lib/environment.mjs';
import { projectNode } from '../../scripts/lib/paths.mjs';
import { launch } from '../../scripts/lib/processes.mjs';
import { ClearError, tail } from '../../scripts/lib/say.mjs';

/** Longer than any time limit and all retries together. */
const LONGEST_LIFE_MS = 300_000;

const STARTED = /has started the task (\S+) \(item (\d+) of [^,]+, execution ([\w-]+)/g;
const SENT = /Sending a paid request to .+? \(item (\d+) of [^,]+, execution ([\w-]+)/g;

/**
 * @param {{folder: string, program: string, port: number, credentials: object}} options
 *   program: the bundled test/chaos/n8n/process.ts; port: where providers call this n8n back.
 */
export function createN8n({ folder, program, port, credentials }) {
	mkdirSync(folder, { recursive: true });
	const pathOf = (name) => join(folder, `${name}.json`);
	let lives = 0;
	let log = '';

	return {
		/**
		 * Lets the process live until its executions are over, or until something kills it. `prepare` is handed what kills it.
		 * Answers whether it was killed.
		 */
		async live(executions, prepare = () => {}) {
			lives += 1;
			const job = pathOf(`life-${lives}`);
			writeFileSync(job, JSON.stringify({ folder, port, credentials, executions }));
			const running = launch(projectNode, [program, job], {
				env: plainEnvironment({
					N8N_USER_FOLDER: folder,
					N8N_ENCRYPTION_KEY: 'a-key-for-tests-only',
					N8N_LOG_LEVEL: 'info',
					N8N_LOG_OUTPUT: 'console',
					NO_PROXY: '127.0.0.1,localhost',
				}),
				logFile: join(folder, `life-${lives}.log`),
			});
			let wasKilled = false;
			prepare(() => {
				wasKilled = true;
				running.kill();
			});
			const tooLong = setTimeout(running.kill, LONGEST_LIFE_MS);
			const { code } = await running.ended;
			clearTimeout(tooLong);
			log += running.stdout();
			if (code !== 0 && !wasKilled) {
				throw new ClearError(
					`An n8n ended by itself, with code ${code}:\n${tail(running.output())}\nIts files: ${folder}`,
				);
			}
			return wasKilled && code !== 0;
		},

		/** An execution as the database has it, or undefined. */
		row: (id) => {
			const path = pathOf(`execution-${id}`);
			return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined;
		},

		/** The tasks that the log names for these executions. */
		startedTasks: (ids) =>
			[...log.matchAll(STARTED)].filter(([, , , id]) => ids.includes(id)).map(([, task]) => task),

		/** Of which items the log says that an execution has sent a request for them that is paid for. */
		sentItems: (id) =>
			[...log.matchAll(SENT)].filter(([, , by]) => by === id).map(([, item]) => Number(item)),
	};
}
