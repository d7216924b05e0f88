// The floor is a node in n8n's engine, too: it sends the bare requests by undici and hands each picture to n8n's binary
// store, and does nothing else. Beside it, the same by n8n's HTTP helper.
import { request } from 'undici';

import { inLanes } from '../scale/lanes.mjs';

const text = (name) => ({ displayName: name, name, type: 'string', default: '' });

const description = {
	displayName: 'Floor',
	name: 'floor',
	group: ['transform'],
	version: 1,
	description: 'The bare requests',
	defaults: { name: 'Floor' },
	inputs: ['main'],
	outputs: ['main'],
	properties: [
		text('baseUrl'),
		text('apiKey'),
		{ displayName: 'atOnce', name: 'atOnce', type: 'number', default: 1 },
	],
};

async function byUndici(url, apiKey, body) {
	const answer = await request(url, {
		method: 'POST',
		headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
		body: JSON.stringify(body),
	});
	return await answer.body.json();
}

async function byHelper(url, apiKey, body, helpers) {
	const headers = { authorization: `Bearer ${apiKey}` };
	return await helpers.httpRequest({ method: 'POST', url, headers, body, json: true });
}

const post = async ({ baseUrl, apiKey, helpers, send }, path, body) =>
	await send(`${baseUrl}${path}`, apiKey, body, helpers);
const order = async (service, prompt) =>
	await post(service, '/images/generations', { model: 'gpt-image-2', prompt });
const picture = async (url) => (await request(url)).body;

/** One answer with the picture in it, or with a link to it. */
async function fromAnswers(service, prompts, store) {
	await inLanes(service.atOnce, [...prompts.keys()], async (index) => {
		const [{ b64_json: base64, url }] = (await order(service, prompts[index])).data;
		await store(index, base64 ? Buffer.from(base64, 'base64') : await picture(url));
	});
}

/** Most tasks that one request asks for. */
const ASKED_TOGETHER = 50;
const DOWNLOADS_AT_ONCE = 10;

/** Tasks of EvoLink's protocol that are done at once: ordered, asked for, and fetched. */
async function fromTasks(service, prompts, store) {
	const ids = [];
	await inLanes(service.atOnce, [...prompts.keys()], async (index) => {
		ids[index] = (await order(service, prompts[index])).id;
	});
	const links = new Map();
	for (let from = 0; from < ids.length; from += ASKED_TOGETHER) {
		const asked = ids.slice(from, from + ASKED_TOGETHER);
		const { data } = await post(service, '/tasks/batch', { task_ids: asked });
		for (const { id, results } of data) links.set(id, results[0]);
	}
	await inLanes(DOWNLOADS_AT_ONCE, [...ids.keys()], async (index) => {
		await store(index, await picture(links.get(ids[index])));
	});
}

function floorOf(work, send) {
	return class {
		description = description;

		async execute() {
			const prompts = this.getInputData().map(({ json }) => json.prompt);
			const [baseUrl, apiKey, atOnce] = ['baseUrl', 'apiKey', 'atOnce'].map((name) =>
				this.getNodeParameter(name, 0),
			);
			const images = [];
			const service = { baseUrl, apiKey, atOnce, helpers: this.helpers, send };
			await work(service, prompts, async (index, bytes) => {
				const data = await this.helpers.prepareBinaryData(bytes, `${index}.png`, 'image/png');
				images[index] = { json: {}, binary: { data }, pairedItem: { item: index } };
			});
			return [images];
		}
	};
}

export const Floor = floorOf(fromAnswers, byUndici);
export const FloorByHelper = floorOf(fromAnswers, byHelper);
export const FloorOfTasks = floorOf(fromTasks, byUndici);
