// How soon our nodes notice that a task is done and how often they ask, beside asking for each one every five seconds.
import { createRequire } from 'node:module';

import { bundled } from '../engine/engine.mjs';
import { EVERY_FIVE_SECONDS, OURS } from '../frame/contenders.mjs';
import { gatherRows } from '../frame/rows.mjs';
import { spreadOf } from '../frame/statistics.mjs';

const TASKS = 24;
const AT_ONCE = 10;
const LENGTHS = [2, 10, 60];
/** Tasks of one length differ by so much to both sides. */
const DIFFERENCE = 0.2;
const GOLDEN_SHARE = 0.618_033_988_75;
const FIXED_SECONDS = 5;
const LATE_LIMIT = { value: 10 };

const durationsOf = (length) =>
	Array.from({ length: TASKS }, (_none, index) => {
		const share = ((index + 1) * GOLDEN_SHARE) % 1;
		return length * (1 - DIFFERENCE + 2 * DIFFERENCE * share);
	});

/** What a hand-made loop does that asks for each task alone. */
function fixed(durations) {
	const polls = durations.map((seconds) => Math.ceil(seconds / FIXED_SECONDS));
	const late = durations.map((seconds, index) => (polls[index] * FIXED_SECONDS) / seconds - 1);
	return { late, requests: polls.reduce((sum, each) => sum + each, 0) };
}

export async function waitingRows(runs) {
	const require = createRequire(import.meta.url);
	const { providerNames, simulate } = require(await bundled('bench/waiting/simulation.mjs'));
	const late = gatherRows('Noticed after a task’s end, in % of its time', '%');
	const requests = gatherRows('Requests to wait for a task', '');
	for (const name of providerNames) {
		for (const length of LENGTHS) {
			const what = `${name}, tasks of ${length} s`;
			const durations = durationsOf(length);
			const byHand = fixed(durations);
			const most = byHand.requests / TASKS;
			for (let run = 1; run <= runs; run++) {
				const ours = await simulate({ name, durations, atOnce: AT_ONCE, seed: run });
				late.add(what, OURS, spreadOf(ours.late).median * 100, { limit: LATE_LIMIT });
				late.add(what, EVERY_FIVE_SECONDS, spreadOf(byHand.late).median * 100);
				requests.add(what, OURS, ours.requests / TASKS, { limit: { value: most } });
				requests.add(what, EVERY_FIVE_SECONDS, most);
			}
		}
	}
	return [...late.all(), ...requests.all()];
}
