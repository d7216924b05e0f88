// The frame around every command: signals end all children, errors become sentences and exit codes.
import { endAll, killAll } from './processes.mjs';
import { ClearError, say, stopProgress } from './say.mjs';

const MINIMUM_NODE = 20;
const INTERRUPTED = 130;
const PARENT_LOOK_MS = 1_000;

function checkNode() {
	const major = Number(process.versions.node.split('.')[0]);
	if (major >= MINIMUM_NODE) return;
	throw new ClearError(
		`This project needs Node ${MINIMUM_NODE} or newer to start, and this is Node ${process.versions.node}. ` +
			'Install a newer one from https://nodejs.org and run the command again.',
	);
}

function report(error) {
	process.stderr.write(
		error instanceof ClearError ? `\n${error.message}\n` : `\n${error.stack ?? error}\n`,
	);
}

/** npm and its shell may be ended without passing that on; then nobody is left to end us. */
function endWithParent(end) {
	const parent = process.ppid;
	const timer = setInterval(() => {
		if (process.ppid !== parent) end();
	}, PARENT_LOOK_MS);
	timer.unref();
}

/**
 * Runs a command. Its answer is the exit code (none means 0). Whatever happens – the end, an error,
 * Ctrl-C, a closed terminal – no child process is left behind.
 * @param {(control: {serving: () => Promise<never>}) => Promise<number | void>} command
 *   `control.serving()` waits until the person ends the command, which then counts as a success.
 */
export async function main(command) {
	let interruptedCode = INTERRUPTED;
	let ending;
	const end = (code) => {
		ending ??= endAll().finally(() => process.exit(code));
		return ending;
	};
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
		process.on(signal, () => {
			stopProgress();
			if (!ending) say('\nEnding …');
			void end(interruptedCode);
		});
	}
	endWithParent(() => void end(INTERRUPTED));
	process.on('exit', killAll);
	process.on('uncaughtException', (error) => {
		report(error);
		void end(1);
	});

	const serving = () => {
		interruptedCode = 0;
		return new Promise(() => {});
	};
	try {
		checkNode();
		const code = await command({ serving });
		await end(code ?? 0);
	} catch (error) {
		if (!ending) report(error);
		await end(1);
	}
}
