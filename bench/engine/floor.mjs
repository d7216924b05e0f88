// The floor: the same requests by undici alone, outside n8n, each picture written to a file.
import { createHash, randomUUID } from 'node:crypto';
import { createWriteStream, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { request } from 'undici';

import { inLanes } from '../scale/lanes.mjs';
import { startMeter } from './meter.mjs';

const folder = join(tmpdir(), `bench-floor-${randomUUID()}`);

/** One answer with the picture in it, or with a link to it. */
async function fetchPicture({ baseUrl, apiKey }, prompt, file) {
	const { body } = await request(`${baseUrl}/images/generations`, {
		method: 'POST',
		headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
		body: JSON.stringify({ model: 'gpt-image-2', prompt }),
	});
	const [{ b64_json: base64, url }] = (await body.json()).data;
	if (base64) return await writeFile(file, Buffer.from(base64, 'base64'));
	await pipeline((await request(url)).body, createWriteStream(file));
}

/** @param {{items: Array<{prompt: string}>, atOnce: number, service: {baseUrl: string, apiKey: string}}} job */
async function work({ items, atOnce, service }) {
	mkdirSync(folder, { recursive: true });
	globalThis.gc();
	const meter = startMeter();
	const files = items.map((_none, index) => join(folder, String(index)));
	await inLanes(atOnce, [...items.keys()], async (index) => {
		await fetchPicture(service, items[index].prompt, files[index]);
	});
	const figures = meter.stop();
	const digests = files.map((file) =>
		createHash('sha256').update(readFileSync(file)).digest('hex'),
	);
	rmSync(folder, { recursive: true });
	return { ...figures, digests };
}

process.on('message', async (job) => {
	if (job === 'end') process.exit();
	process.send(await work(job).catch((error) => ({ digests: [], error: error.stack })));
});
process.on('disconnect', () => process.exit());
process.send('ready');
