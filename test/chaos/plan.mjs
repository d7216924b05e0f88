// What is wished, and in which n8n: everything follows from the seed.
import { dice } from './random.mjs';
import { rows } from './rows.mjs';

const WISHES_IN_A_BATCH = 10;
/** Few, so that there are many n8ns to kill. */
const BATCHES_IN_AN_N8N = 3;
const SHARE_THAT_FAILS = 0.04;
const SHARE_OF_LOST_CALLBACKS = 0.2;
/** How a person has set the node to treat a failure. */
const HANDLINGS = ['stop', 'continue', 'retryOnFail'];

/** Pictures so small that drawing them takes no time. */
const DRAWN = 'drawn-size=48x48';

/** Batches of wishes, each for one node in one way. Those that share an `n8n` run in the same one. */
export function planBatches(seed, count) {
	const batches = [];
	for (let begun = 0; begun < count; begun += WISHES_IN_A_BATCH) {
		const number = batches.length;
		const row = rows[number % rows.length];
		const chance = dice(seed, 'batch', number);
		const size = Math.min(WISHES_IN_A_BATCH, count - begun);
		batches.push({
			number,
			n8n: Math.floor(number / BATCHES_IN_AN_N8N),
			row,
			handling: chance.oneOf(HANDLINGS),
			wishes: Array.from({ length: size }, (_, index) => makeWish(seed, row, number, index)),
		});
	}
	return batches;
}

function makeWish(seed, row, batch, index) {
	const marker = `wish-${row.id}-${batch}-${index}`;
	const chance = dice(seed, 'wish', marker);
	const isTask = row.hasTasks && !row.batch;
	const fails = isTask && chance.isBelow(SHARE_THAT_FAILS);
	const told = [
		DRAWN,
		isTask && `seconds=${(0.1 + chance.next()).toFixed(1)}`,
		fails && 'fail=generation_failed',
		row.completion === 'suspend' && chance.isBelow(SHARE_OF_LOST_CALLBACKS) && 'callback=lose',
	];
	const directives = told.filter(Boolean).join(', ');
	return { marker, row, prompt: `A kite over the sea, ${marker} [sandbox: ${directives}]` };
}
