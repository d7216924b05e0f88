// Knows whether npm start already runs in another window: two n8n on the same data would spoil it.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const fileIn = (folder) => join(folder, 'running.json');

function lives(pid) {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return error.code === 'EPERM';
	}
}

async function answers(url) {
	try {
		return (await fetch(`${url}/healthz`)).ok;
	} catch {
		return false;
	}
}

/** What was left behind by a start that was cut off may be of any form. */
function readWord(file) {
	try {
		return JSON.parse(readFileSync(file, 'utf8'));
	} catch {
		return undefined;
	}
}

/** What the other window has printed, or undefined. */
export async function alreadyRunning(folder) {
	const { pid, url, words } = readWord(fileIn(folder)) ?? {};
	return pid && lives(pid) && (await answers(url)) ? words : undefined;
}

/** Leaves word for a second window, until this process ends. */
export function tellOthers(folder, { url, words }) {
	const file = fileIn(folder);
	mkdirSync(dirname(file), { recursive: true });
	writeFileSync(file, JSON.stringify({ pid: process.pid, url, words }), { mode: 0o600 });
	process.on('exit', () => rmSync(file, { force: true }));
}
