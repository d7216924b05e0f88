// Looks at a running n8n again and again: its memory from outside, its heap and executions by asking it.
import { setTimeout as sleep } from 'node:timers/promises';

import { memoryOf, processorSeconds } from './process-figures.mjs';

const LOOK_MS = 500;
const ASK_MS = 2_000;
const SETTLE_MS = 1_000;
const ANSWER_LIMIT_MS = 10_000;

/**
 * @typedef {{at: number, rss?: number, peak?: number, processor?: number, heap?: number,
 *   running?: number, waiting?: number, isTidy?: boolean}} Sample
 *   at in milliseconds since 1970, memory in megabytes, processor in seconds so far
 */

/**
 * @returns {{samples: Sample[], openExecutions: () => number | undefined, tidy: () => Promise<void>, stop: () => void}}
 *   samples from outside hold rss, peak and processor; those that n8n answered hold the others.
 *   openExecutions tells how many were running or waiting at the last look.
 *   tidy collects n8n's garbage and then takes a sample that says so.
 */
export function watch(n8n) {
	const samples = [];
	let isOver = false;

	const look = () => {
		const memory = memoryOf(n8n.pid);
		const processor = processorSeconds(n8n.pid);
		if (memory && processor !== undefined) samples.push({ at: Date.now(), ...memory, processor });
	};
	const timer = setInterval(look, LOOK_MS);

	const ask = async () => {
		const answers = [n8n.heap(), n8n.executions('running'), n8n.executions('waiting')];
		const limit = sleep(ANSWER_LIMIT_MS, [], { ref: false });
		const [heap, running, waiting] = await Promise.race([Promise.all(answers), limit]);
		if (heap !== undefined) samples.push({ at: Date.now(), heap, running, waiting });
	};
	void (async () => {
		while (!isOver) {
			// A busy or ended n8n gives no answer; what is seen from outside goes on.
			await ask().catch(() => undefined);
			await sleep(ASK_MS);
		}
	})();

	return {
		samples,
		openExecutions: () => {
			const last = samples.findLast(({ waiting }) => waiting !== undefined);
			return last && last.running + last.waiting;
		},
		tidy: async () => {
			await n8n.collectGarbage();
			const heap = await n8n.heap();
			await sleep(SETTLE_MS);
			samples.push({ at: Date.now(), isTidy: true, heap, ...memoryOf(n8n.pid) });
		},
		stop: () => {
			look();
			isOver = true;
			clearInterval(timer);
		},
	};
}
