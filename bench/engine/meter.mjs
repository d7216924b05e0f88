// What this process needs while something runs in it: time, processor time, and its highest memory over what it had before.
import { readFileSync, writeFileSync } from 'node:fs';

const KILOBYTES_PER_MEGABYTE = 1024;
/** Makes Linux forget the highest memory so far. */
const RESET_PEAK = '5';

function megabytes(name) {
	const status = readFileSync('/proc/self/status', 'utf8');
	return Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)[1]) / KILOBYTES_PER_MEGABYTE;
}

/** @returns {{stop: () => {seconds: number, processor: number, memory: number, base: number}}} memory in megabytes */
export function startMeter() {
	writeFileSync('/proc/self/clear_refs', RESET_PEAK);
	const base = megabytes('VmRSS');
	const processorBefore = process.cpuUsage();
	const begunAt = performance.now();
	return {
		stop: () => {
			const seconds = (performance.now() - begunAt) / 1000;
			const { user, system } = process.cpuUsage(processorBefore);
			return { seconds, processor: (user + system) / 1e6, memory: megabytes('VmHWM') - base, base };
		},
	};
}
