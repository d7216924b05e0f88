// Stands between n8n and the providers, and lets a fifth of all requests go wrong. The providers' books stay the truth.
import { once } from 'node:events';
import { Agent, createServer, request as send } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { buffer } from 'node:stream/consumers';

import { faultOf } from './faults.mjs';
import { createWhose } from './whose.mjs';

const HEAD_OF_THE_CONNECTION = ['connection', 'content-length', 'keep-alive', 'transfer-encoding'];
const IS_TEXT = /json|text|event-stream/;

/**
 * Opens the proxy. `counts` says how many requests came and how many of them got which fault.
 * @param {{seed: string, target: string}} options
 */
export async function openProxy({ seed, target }) {
	const whose = createWhose();
	const agent = new Agent({ keepAlive: true });
	const counts = { requests: 0, faults: new Map() };
	/** By wish: at which of its requests, counted from now, the n8n that sends it is killed. */
	const kills = new Map();
	let origin = '';

	const server = createServer((incoming, outgoing) => {
		handle(incoming, outgoing).catch(() => outgoing.destroy());
	});

	async function handle(incoming, outgoing) {
		const { method, url, headers } = incoming;
		const body = await buffer(incoming);
		const asked = whose.ask({ method, url, body: body.toString('latin1') });
		const fault = faultOf(seed, asked);
		counts.requests += 1;
		if (fault) counts.faults.set(fault.name, (counts.faults.get(fault.name) ?? 0) + 1);

		const kill = takeKill(asked);
		if (kill?.moment === 'before') {
			kill.run();
			return outgoing.destroy();
		}
		const passesOn = fault === undefined || fault.passesOn || kill !== undefined;
		const answer = passesOn ? await passOn({ method, url, headers, body }) : undefined;
		if (answer) whose.learn(asked, answer.text);
		if (kill?.moment === 'after') {
			kill.run();
			return outgoing.destroy();
		}
		if (fault?.delayMs) await sleep(fault.delayMs);
		tell(outgoing, answer, kill?.moment === 'half' ? 'half' : (fault?.answers ?? 'whole'));
		if (kill?.moment === 'later') await sleep(kill.delayMs);
		else if (kill) await once(outgoing, 'close');
		kill?.run();
	}

	function takeKill({ marker }) {
		const kill = kills.get(marker);
		if (!kill || (kill.left -= 1) > 0) return undefined;
		kills.delete(marker);
		return kill;
	}

	async function passOn({ method, url, headers, body }) {
		const { host } = new URL(target);
		const own = { ...without(headers, HEAD_OF_THE_CONNECTION), host };
		if (body.length > 0) own['content-length'] = String(body.length);
		const answer = await new Promise((resolve, reject) => {
			const passed = send(target + url, { method, headers: own, agent }, resolve);
			passed.once('error', reject);
			passed.end(body);
		});
		const bytes = await buffer(answer);
		const isText = IS_TEXT.test(answer.headers['content-type'] ?? '');
		const text = isText ? bytes.toString().replaceAll(target, origin) : '';
		return {
			status: answer.statusCode,
			headers: without(answer.headers, HEAD_OF_THE_CONNECTION),
			bytes: isText ? Buffer.from(text) : bytes,
			text,
		};
	}

	await new Promise((resolve) => {
		server.listen(0, '127.0.0.1', resolve);
	});
	origin = `http://127.0.0.1:${server.address().port}`;
	return {
		url: origin,
		counts,
		/** The marker of the wish that a task is for, whether or not its ID has reached anybody. */
		markerOf: whose.ofTask,
		/** Lets the how many-th request for a wish be the last that an n8n sends. Answers how to call that off. */
		killAt({ request, ...plan }, run) {
			const { marker } = plan;
			kills.set(marker, { ...plan, left: request, run });
			return () => kills.delete(marker);
		},
		close: async () => {
			server.closeAllConnections();
			agent.destroy();
			await new Promise((resolve) => {
				server.close(resolve);
			});
		},
	};
}

/** Tells the node what it is to hear of the provider's answer. */
function tell(outgoing, answer, how) {
	if (how === 'nothing') return;
	if (how === 'cut') return void outgoing.destroy();
	if (how === 'whole' || how === 'half') {
		const { status, headers, bytes } = answer;
		outgoing.writeHead(status, { ...headers, 'content-length': String(bytes.length) });
		if (how === 'whole') return void outgoing.end(bytes);
		outgoing.write(bytes.subarray(0, bytes.length / 2), () => outgoing.destroy());
		return;
	}
	const { status, retryAfter } = how;
	outgoing.writeHead(status, {
		'content-type': 'text/html',
		...(retryAfter !== undefined && { 'retry-after': String(retryAfter) }),
	});
	outgoing.end(`<html><body><h1>${status}</h1></body></html>`);
}

function without(headers, names) {
	return Object.fromEntries(Object.entries(headers).filter(([name]) => !names.includes(name)));
}
