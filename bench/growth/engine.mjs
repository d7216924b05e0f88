// A program: engine.mjs CONTENDER ORIGIN SIZES. Runs our nodes, or the floor, over more and more items in n8n's engine
// against the provider at ORIGIN, and prints a line of JSON for every run. Needs --expose-gc, and tsx for the engine's
// TypeScript.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { setTimeout as sleep } from 'node:timers/promises';

import { startEngine } from '../../test/engine/support/index.ts';
import { Floor, FloorOfTasks } from '../engine/floor-node.mjs';
import { drawPictures, promptOf, sha256 } from './pictures.mjs';

const WARM_UP_ITEMS = 200;
/** Longer than a watch over a request outlives it. */
const SETTLE_MS = 1100;
/** What a heap that has settled still goes up and down by. */
const SETTLED_MB = 0.1;
const MEGABYTE = 1024 * 1024;
const [, , contender, origin, sizesInWords] = process.argv;
const sizes = sizesInWords.split(',').map(Number);
const require = createRequire(import.meta.url);
const { EvoLink } = require('../../dist/nodes/EvoLink/EvoLink.node.js');
const { OpenAiImages } = require('../../dist/nodes/OpenAiImages/OpenAiImages.node.js');
const { EvoLinkApi } = require('../../dist/credentials/EvoLinkApi.credentials.js');
const { OpenAiImagesApi } = require('../../dist/credentials/OpenAiImagesApi.credentials.js');

const common = {
	resource: 'image',
	operation: 'generate',
	model: { __rl: true, mode: 'id', value: 'gpt-image-2' },
	prompt: '={{ $json.prompt }}',
};

/** As many at once as our nodes take by themselves. */
const AT_ONCE = 10;
/** Without these many at once, a run of tasks would be a wait for polls. */
const TASKS_AT_ONCE = 250;

const ours = {
	answer: {
		node: new OpenAiImages(),
		parameters: common,
		credentials: { openAiImagesApi: { apiKey: 'bench', baseUrl: `${origin}/openai/v1` } },
	},
	task: {
		node: new EvoLink(),
		parameters: { ...common, completion: 'wait', options: { concurrency: TASKS_AT_ONCE } },
		credentials: {
			evoLinkApi: { apiKey: 'bench', baseUrl: `${origin}/evolink`, filesBaseUrl: origin },
		},
	},
};
const floor = {
	answer: {
		node: new Floor(),
		parameters: { baseUrl: `${origin}/openai/v1`, apiKey: 'bench', atOnce: AT_ONCE },
	},
	task: {
		node: new FloorOfTasks(),
		parameters: { baseUrl: `${origin}/evolink/v1`, apiKey: 'bench', atOnce: AT_ONCE },
	},
};
const ways = { ours, floor }[contender];

const pictures = await drawPictures();
const engine = await startEngine({ credentialTypes: [new EvoLinkApi(), new OpenAiImagesApi()] });

/** What the first collection leaves to finalizers and timers goes with a later one: so until it falls no further. */
async function heap() {
	for (let last = Infinity; ; ) {
		global.gc();
		await sleep(SETTLE_MS);
		global.gc();
		const { heapUsed, external } = process.memoryUsage();
		const held = (heapUsed + external) / MEGABYTE;
		if (held > last - SETTLED_MB) return Math.min(held, last);
		last = held;
	}
}

const resident = (name) =>
	Number(
		new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(readFileSync('/proc/self/status', 'utf8'))[1],
	) / 1024;

/** What is missing, double or wrong, in words; undefined when each item has its one right picture. */
async function problemOf(run, items) {
	if (run.error) return `the node failed: ${run.error.message}`;
	const { count } = await (await fetch(`${origin}/_orders`, { method: 'POST', body: '{}' })).json();
	if (count !== items) return `${count} images were ordered for ${items} items`;
	if (run.items.length !== items) return `${run.items.length} images for ${items} items`;
	for (const [index, item] of run.items.entries()) {
		const { item: from } = item.pairedItem;
		if (from !== index) return `image ${index} belongs to item ${from}`;
		if (sha256(await run.binary(item)) !== pictures.shaOf(index)) return `image ${index} is wrong`;
	}
	return undefined;
}

async function measure(way, count) {
	const items = Array.from({ length: count }, (_none, number) => ({
		json: { prompt: promptOf(number) },
	}));
	const before = { heap: await heap(), resident: resident('VmRSS') };
	const begunAt = performance.now();
	const processor = process.cpuUsage();
	const run = await engine.run({ ...ways[way], items });
	const seconds = (performance.now() - begunAt) / 1000;
	const { user, system } = process.cpuUsage(processor);
	const peak = resident('VmHWM') - before.resident;
	const held = (await heap()) - before.heap;
	const problem = await problemOf(run, count);
	return { way, items: count, seconds, processor: (user + system) / 1e6, held, peak, problem };
}

for (const way of Object.keys(ways)) {
	await measure(way, WARM_UP_ITEMS);
	for (const count of sizes) console.log(JSON.stringify(await measure(way, count)));
}
await engine.close();
process.exit(0);
