// Many images from all providers, a fifth of all requests faulty, n8n killed at random points. Nothing that was paid for
// may be lost, made twice or charged twice.
import { parseArgs } from 'node:util';

import { runChaos } from './run.mjs';
import { asTable, countUp } from './table.mjs';
import { main } from '../../scripts/lib/main.mjs';
import { say, step } from '../../scripts/lib/say.mjs';

const WISHES = 2_000;
const WISHES_IF_QUICK = 190;

/** How many are told of one by one when something is wrong. */
const MOST_SHOWN = 20;

const newSeed = () => Math.random().toString(36).slice(2, 10);

function report({ judged, requests, faults, kills, lives }, { repeat, seconds }) {
	const lines = countUp(judged);
	const total = lines.at(-1);
	const faulty = [...faults.values()].reduce((sum, count) => sum + count, 0);
	say(`\n${asTable(lines)}\n`);
	say(`${requests} requests, ${faulty} of them faulty: ${inWords(faults)}.`);
	say(
		'May be charged, and Named in the log: n8n has no image, and says which item to look for in the account. Without tasks, as with OpenAI’s Images API and chats, such an image is gone.',
	);
	say(`n8n was started ${lives} times, and killed ${kills} times.`);
	say(
		`${total.wished} wished, ${total.lost} lost, ${total.madeTwice} made twice, ${total.chargedTwice} charged twice, in ${seconds} s. Seed: ${repeat}`,
	);
	const wrong = judged.filter((one) => one.fate === 'lost' || one.madeTwice || one.chargedTwice);
	for (const { wish, fate, books, outcome } of wrong.slice(0, MOST_SHOWN)) {
		say(`\n${wish.marker}: ${fate}\n  ${JSON.stringify({ books, ...outcome })}`);
	}
	if (wrong.length > 0)
		say(`\nWhat n8n kept and logged is in .local/chaos. To repeat it: ${repeat}`);
	return wrong.length > 0 ? 1 : 0;
}

function inWords(faults) {
	return [...faults].map(([name, count]) => `${count} ${name}`).join(', ');
}

await main(async () => {
	const startedAt = Date.now();
	const { values } = parseArgs({
		options: {
			quick: { type: 'boolean', default: false },
			seed: { type: 'string', default: newSeed() },
		},
	});
	const { quick, seed } = values;
	const repeat = `npm run test:chaos -- ${quick ? '--quick ' : ''}--seed ${seed}`;
	step(`Chaos with the seed ${seed}`);
	const outcome = await runChaos({ seed, count: quick ? WISHES_IF_QUICK : WISHES });
	return report(outcome, { repeat, seconds: Math.round((Date.now() - startedAt) / 1000) });
});
