// What a person sees while the scripts work: steps, moving progress, and errors in plain sentences.
import { stripVTControlCharacters } from 'node:util';

/** An error whose message is a complete explanation: it is printed alone, without a stack. */
export class ClearError extends Error {}

const NON_TTY_INTERVAL_MS = 10_000;
const TTY_INTERVAL_MS = 250;

/** What stops each step that is under way, one within another: the last one is the one that moves. */
const moving = [];

export function say(text = '') {
	process.stdout.write(`${text}\n`);
}

export function step(text) {
	say(`▸ ${text}`);
}

/**
 * Shows that a long step moves: on a terminal one line that keeps changing, elsewhere a line
 * every ten seconds.
 * @param {string} title what is going on
 * @param {() => string} detail how far it is, asked for again at every tick
 */
export function progress(title, detail) {
	const tty = process.stdout.isTTY;
	const startedAt = Date.now();
	const seconds = () => Math.round((Date.now() - startedAt) / 1000);
	const line = () => [detail(), `${seconds()} s`].filter(Boolean).join(', ');
	const rewrite = (text) => {
		const width = (process.stdout.columns ?? 80) - 1;
		process.stdout.write(`\r\x1b[2K${text.slice(0, width)}`);
	};

	step(title);
	const tick = () => {
		if (moving.at(-1) !== stopMoving) return;
		if (tty) rewrite(`  … ${line()}`);
		else say(`  … ${line()}`);
	};
	const timer = setInterval(tick, tty ? TTY_INTERVAL_MS : NON_TTY_INTERVAL_MS);
	timer.unref();

	const stopMoving = () => {
		clearInterval(timer);
		if (tty) process.stdout.write('\r\x1b[2K');
	};
	moving.push(stopMoving);
	const end = (word) => {
		const place = moving.indexOf(stopMoving);
		if (place === -1) return;
		moving.splice(place, 1);
		stopMoving();
		say(`  ${word} after ${seconds()} s`);
	};
	return { done: () => end('done'), failed: () => end('stopped') };
}

/** Leaves the line to others: what was going on has been given up. */
export function stopProgress() {
	for (const stop of moving.splice(0)) stop();
}

/** What a spinner sends before it draws itself anew: back to the first column, erase the rest. */
const DRAW_ANEW = '\u001b[999D\u001b[J';

/** A line as a terminal shows it in the end: spinners overwrite themselves, colours are no text. */
function asShown(line) {
	return stripVTControlCharacters(line.split(DRAW_ANEW).at(-1)).trimEnd();
}

/** An output as it stands on a terminal in the end, line by line, without empty ones. */
function shownLines(text) {
	return text
		.split('\n')
		.map(asShown)
		.filter((line) => line.trim() !== '');
}

/** Repeats what was printed out of sight. */
export function sayAgain(text) {
	say(shownLines(text).join('\n'));
}

/** The end of a long output, for an error message. */
export function tail(text, lines = 25) {
	return shownLines(text)
		.slice(-lines)
		.map((line) => `    ${line}`)
		.join('\n');
}
