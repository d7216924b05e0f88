// The sandbox in the provider's place: its control surface, and all pictures drawn ahead.
import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

import { ClearError } from '../../scripts/lib/say.mjs';
import { inLanes } from './lanes.mjs';

const PLENTY = 1_000_000;
const AHEAD_KEY = 'sandbox-scale-ahead';
const LANES = 8;
const LOOK_AGAIN_MS = 50;

export const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');

/** More than these the sandbox can't keep; further items get the same ones again. */
const MOST_PICTURES = 1_000;
const pictureOf = (number) => ((number - 1) % MOST_PICTURES) + 1;

/** The sandbox draws the words and leaves out what is in brackets, where the item's number makes nothing happen. */
export const promptOf = (number, seconds) =>
	`Product number ${pictureOf(number)} on a wooden shelf [sandbox: ${number}, seconds=${seconds}]`;
export const numberIn = (prompt) => Number(/\[sandbox: (\d+), /.exec(prompt)?.[1]);

async function jsonOf(url, init) {
	const response = await fetch(url, init);
	if (response.ok) return await response.json();
	throw new ClearError(`The sandbox answered ${response.status}: ${await response.text()}`);
}

const post = (body, headers = {}) => ({
	method: 'POST',
	headers: { 'content-type': 'application/json', ...headers },
	body: JSON.stringify(body),
});

/** What can be asked of the sandbox on a port. */
export function sandboxControl(port) {
	const url = `http://127.0.0.1:${port}`;
	return {
		url,
		addKey: async (key) =>
			await jsonOf(`${url}/_sandbox/evolink/keys`, post({ key, credits: PLENTY })),

		/** @returns {Promise<{tasks: object[], deliveries: object[], requests: Record<string, number>}>} */
		state: async () => {
			const { evolink, requests } = await jsonOf(`${url}/_sandbox/state`);
			return { tasks: evolink.tasks, deliveries: evolink.deliveries, requests };
		},
	};
}

/**
 * Has the sandbox draw every picture once, which it then keeps.
 * @returns {Promise<Map<number, string>>} what each number's picture must be: its SHA-256
 */
export async function drawAll(sandbox, { tasks, size }) {
	const headers = { authorization: `Bearer ${AHEAD_KEY}` };
	const base = `${sandbox.url}/evolink/v1`;
	await sandbox.addKey(AHEAD_KEY);
	const numbers = Array.from({ length: tasks }, (_none, index) => index + 1);
	const drawn = new Map();
	await inLanes(LANES, numbers.slice(0, MOST_PICTURES), async (number) => {
		const wanted = { model: 'gpt-image-2', size, prompt: promptOf(number, 0) };
		let task = await jsonOf(`${base}/images/generations`, post(wanted, headers));
		while (!task.results) {
			await sleep(LOOK_AGAIN_MS);
			task = await jsonOf(`${base}/tasks/${task.id}`, { headers });
		}
		const picture = await fetch(task.results[0]);
		drawn.set(number, sha256(Buffer.from(await picture.arrayBuffer())));
	});
	return new Map(numbers.map((number) => [number, drawn.get(pictureOf(number))]));
}
