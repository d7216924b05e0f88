// What Linux knows of a process: its memory and the processor time that it has used.
import { readFileSync } from 'node:fs';

import { ClearError } from '../../scripts/lib/say.mjs';

const TICKS_PER_SECOND = 100;
const KILOBYTES_PER_MEGABYTE = 1024;

function commandOf(pid) {
	try {
		return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
	} catch {
		return '';
	}
}

/** The process that this one has started and whose command line holds these words. */
export function childProcess(words) {
	const children = readFileSync(`/proc/${process.pid}/task/${process.pid}/children`, 'utf8');
	const pid = children
		.trim()
		.split(' ')
		.find((child) => commandOf(child).includes(words));
	if (pid) return Number(pid);
	throw new ClearError(`No process was started with "${words}".`);
}

/** @returns {{rss: number, peak: number} | undefined} megabytes; undefined once the process has ended */
export function memoryOf(pid) {
	try {
		const status = readFileSync(`/proc/${pid}/status`, 'utf8');
		const megabytes = (name) =>
			Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1]) / KILOBYTES_PER_MEGABYTE;
		return { rss: megabytes('VmRSS'), peak: megabytes('VmHWM') };
	} catch {
		return undefined;
	}
}

/** Megabytes of a process that runs, those that it shares with others divided among them. */
export function proportionalMemoryOf(pid) {
	const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
	return Number(/^Pss:\s+(\d+) kB/m.exec(rollup)[1]) / KILOBYTES_PER_MEGABYTE;
}

/** Seconds of processor time so far, in the kernel too; undefined once the process has ended. */
export function processorSeconds(pid) {
	try {
		const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
		// The name of the program comes second, in brackets, and may hold spaces.
		const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
		return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
	} catch {
		return undefined;
	}
}
