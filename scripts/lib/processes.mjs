// Child processes, each in a process group of its own, so that none outlives the script.
import { spawn } from 'node:child_process';
import { createWriteStream, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';

const GRACE_MS = 8_000;
const REMEMBERED_CHARACTERS = 200_000;
const windows = process.platform === 'win32';
const running = new Set();

function signalGroup(child, signal) {
	if (windows) {
		spawn('taskkill', ['/pid', String(child.pid), '/T', '/F'], { stdio: 'ignore' });
		return;
	}
	try {
		process.kill(-child.pid, signal);
	} catch (error) {
		if (error.code !== 'ESRCH') throw error;
	}
}

/**
 * Starts a process in the background.
 * @param {string} command
 * @param {string[]} args
 * @param {{cwd?: string, env?: NodeJS.ProcessEnv, logFile?: string, onText?: (text: string) => void, stopSignal?: NodeJS.Signals}} options
 *   env is the whole environment; logFile receives everything the process prints; stopSignal asks it to end.
 * @returns {{pid: number, ended: Promise<{code: number}>, hasEnded: () => boolean,
 *   endedByItself: () => boolean, output: () => string, stdout: () => string, kill: () => void, stop: () => Promise<void>}}
 *   kill ends it with its children at once, as a power cut does.
 */
export function launch(command, args, { cwd, env, logFile, onText, stopSignal = 'SIGTERM' } = {}) {
	let log;
	if (logFile) {
		mkdirSync(dirname(logFile), { recursive: true });
		log = createWriteStream(logFile);
	}
	const child = spawn(command, args, {
		cwd,
		env,
		detached: !windows,
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	let output = '';
	let stdout = '';
	const take = (stream, keep) => {
		stream.setEncoding('utf8');
		stream.on('data', (text) => {
			output = (output + text).slice(-REMEMBERED_CHARACTERS);
			keep?.(text);
			log?.write(text);
			onText?.(text);
		});
	};
	take(child.stdout, (text) => {
		stdout += text;
	});
	take(child.stderr);

	let over = false;
	let isWanted = true;
	const ended = new Promise((resolve) => {
		const finish = (code, note) => {
			over = true;
			running.delete(handle);
			if (note) output += note;
			log?.end(note);
			resolve({ code });
		};
		child.on('error', (error) => finish(127, `${error.message}\n`));
		child.on('close', (code) => finish(code ?? 1));
	});

	const handle = {
		pid: child.pid,
		ended,
		hasEnded: () => over,
		output: () => output,
		stdout: () => stdout,
		endedByItself: () => over && isWanted,
		kill: () => {
			isWanted = false;
			signalGroup(child, 'SIGKILL');
		},
		async stop() {
			isWanted = false;
			if (over || child.pid === undefined) return;
			signalGroup(child, stopSignal);
			const timer = setTimeout(() => signalGroup(child, 'SIGKILL'), GRACE_MS);
			await ended;
			clearTimeout(timer);
			// The group's leader may be gone while a grandchild lingers.
			signalGroup(child, 'SIGKILL');
		},
	};
	running.add(handle);
	return handle;
}

/** Runs a process to its end and answers its exit code and output. */
export async function run(command, args, options = {}) {
	const handle = launch(command, args, options);
	const { code } = await handle.ended;
	return { code, output: handle.output(), stdout: handle.stdout() };
}

/**
 * Runs a process that owns the terminal: its output goes straight to the person. It stays in this
 * script's process group, so Ctrl-C reaches it directly.
 */
export async function runVisibly(command, args, { cwd, env } = {}) {
	const child = spawn(command, args, { cwd, env, stdio: 'inherit' });
	const handle = {
		stop: async () => void child.kill('SIGTERM'),
		kill: () => child.kill('SIGKILL'),
	};
	running.add(handle);
	const code = await new Promise((resolve) => {
		child.on('error', () => resolve(127));
		child.on('close', (exitCode) => resolve(exitCode ?? 1));
	});
	running.delete(handle);
	return code;
}

/** Ends everything that was started and still runs. */
export async function endAll() {
	await Promise.all([...running].map((handle) => handle.stop()));
}

/** The last resort, for a process that is already exiting: nothing is waited for. */
export function killAll() {
	for (const handle of running) handle.kill();
}
