// A program: floor.mjs ORIGIN SIZES. The same requests as engine.mjs makes, sent by undici outside n8n, with the pictures
// written to files. Prints a line of JSON for every run.
import { mkdtempSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { request } from 'undici';

import { inLanes } from '../scale/lanes.mjs';
import { promptOf } from './pictures.mjs';

const WARM_UP_ITEMS = 100;
const LANES = 10;
/** Most tasks that one request asks for. */
const BATCH = 50;

const [origin, sizes] = [process.argv[2], process.argv[3].split(',').map(Number)];
const folder = mkdtempSync(join(tmpdir(), 'bench-growth-'));

async function post(path, body) {
	const answer = await request(`${origin}${path}`, {
		method: 'POST',
		headers: { 'content-type': 'application/json', authorization: 'Bearer bench' },
		body: JSON.stringify(body),
	});
	return await answer.body.json();
}

const keep = async (name, bytes) => await writeFile(join(folder, `${name}.png`), bytes);
const order = (number) => ({ model: 'gpt-image-2', prompt: promptOf(number) });

const ways = {
	answer: async (numbers) =>
		await inLanes(LANES, numbers, async (number) => {
			const { data } = await post('/openai/v1/images/generations', order(number));
			await keep(number, Buffer.from(data[0].b64_json, 'base64'));
		}),
	task: async (numbers) => {
		const ids = [];
		await inLanes(LANES, numbers, async (number) => {
			ids.push((await post('/evolink/v1/images/generations', order(number))).id);
		});
		const batches = Array.from({ length: Math.ceil(ids.length / BATCH) }, (_none, index) =>
			ids.slice(index * BATCH, (index + 1) * BATCH),
		);
		const links = [];
		for (const batch of batches) {
			const { data } = await post('/evolink/v1/tasks/batch', { task_ids: batch });
			links.push(...data.map(({ id, results }) => ({ id, url: results[0] })));
		}
		await inLanes(LANES, links, async ({ id, url }) => {
			const { body } = await request(url);
			await keep(id, Buffer.from(await body.arrayBuffer()));
		});
	},
};

async function measure(way, items) {
	const numbers = Array.from({ length: items }, (_none, number) => number);
	const begunAt = performance.now();
	await ways[way](numbers);
	return { way, items, seconds: (performance.now() - begunAt) / 1000 };
}

for (const way of Object.keys(ways)) {
	await measure(way, WARM_UP_ITEMS);
	for (const items of sizes) console.log(JSON.stringify(await measure(way, items)));
}
rmSync(folder, { recursive: true, force: true });
process.exit(0);
