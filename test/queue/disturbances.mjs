// The trouble: a worker that is killed while it orders, waits or downloads, and a Redis that goes away for some seconds.
import { setTimeout as sleep } from 'node:timers/promises';

import { ClearError, say } from '../../scripts/lib/say.mjs';
import { UNFINISHED } from './results.mjs';
import { readSandbox, requestsLike } from './sandbox.mjs';

const LOOK_AGAIN_MS = 300;
const LIMIT_MS = 600_000;
const MOST_STARTS = 8;
const REDIS_AWAY_MS = 5_000;

/** Looks until something is so. */
export async function until(what, isSo, lookAgainMs = LOOK_AGAIN_MS) {
	const giveUpAt = Date.now() + LIMIT_MS;
	while (!(await isSo())) {
		if (Date.now() > giveUpAt) throw new ClearError(`Ten minutes went by, but not yet: ${what}.`);
		await sleep(lookAgainMs);
	}
}

/** The executions that a worker has begun and not ended, as it says in its log. */
function heldBy(worker) {
	const text = worker.output();
	const idsAfter = (words) =>
		new Set([...text.matchAll(new RegExp(`${words} execution (\\d+)`, 'g'))].map(([, id]) => id));
	const ended = idsAfter('Worker (?:finished|errored while running)');
	return [...idsAfter('Worker started')].filter((id) => !ended.has(id));
}

/** The executions that wait for a row's images, with their statuses. */
const waitingOf = async ({ owner, waitingIds }, row) =>
	await owner.executionsOf(waitingIds[row.id]);

/** Starts executions until one of the workers holds one of each row. Answers that worker. */
export async function workerWithAll(world, rows, startOneMore) {
	const lists = async () => await Promise.all(rows.map((row) => waitingOf(world, row)));
	const before = (await lists()).map(({ length }) => length);
	for (let starts = 1; starts <= MOST_STARTS; starts++) {
		for (const row of rows) await startOneMore(row);
		await until('the workers have taken all jobs', async () => {
			const held = new Set(world.n8n.workers.flatMap(heldBy));
			return (await lists()).every(
				(list, index) =>
					list.length >= before[index] + starts &&
					list.every(({ id, status }) => held.has(id) || !UNFINISHED.has(status)),
			);
		});
		const now = await lists();
		for (const worker of world.n8n.workers) {
			const held = new Set(heldBy(worker));
			if (now.every((list) => list.some(({ id }) => held.has(id)))) return worker;
		}
	}
	throw new ClearError('No worker took an execution of each kind.');
}

/** The worker that holds an execution of this row, as soon as one does. */
export async function workerWithOne(world, row) {
	let holder;
	await until(`a worker has taken a job of ${row.name}`, async () => {
		const ids = (await waitingOf(world, row)).map(({ id }) => id);
		holder = world.n8n.workers.find((worker) => heldBy(worker).some((id) => ids.includes(id)));
		return holder !== undefined;
	});
	return holder;
}

/** Notes what has been counted so far. Answers a way to wait until each count has grown. */
async function watchCounts(what, readCounts) {
	const before = await readCounts();
	return async () => {
		await until(what, async () => {
			return (await readCounts()).every((count, index) => count > before[index]);
		});
	};
}

/** Images that one of these providers sends. On a busy machine, callbacks of another may all have been in vain. */
export async function watchDownloads({ sandboxUrl }, providers) {
	const downloads = new RegExp(`^GET /(${providers.join('|')})-(results|cdn|files/made)/`);
	return await watchCounts('images are being downloaded', async () => [
		requestsLike(await readSandbox(sandboxUrl), downloads),
	]);
}

/** Callbacks that these providers have tried to deliver. */
export async function watchCallbacks({ sandboxUrl }, providers) {
	return await watchCounts('callbacks come', async () => {
		const state = await readSandbox(sandboxUrl);
		return providers.map((name) => state[name].deliveries.length);
	});
}

/**
 * Kills a worker, starts it again, and says what n8n made of the executions that it held. A worker that comes back
 * with its folder reads there what it was doing; one that comes back as new leaves that to n8n's queue to find out.
 */
export async function killWorker(world, worker, { asNew = false } = {}) {
	const held = heldBy(worker);
	const killedAt = Date.now();
	await worker.kill();
	const how = asNew ? 'comes back as a new one' : 'comes back with its folder';
	say(`  Killed ${worker.name}, which held the executions ${held.join(', ')}; it ${how}`);
	const reviving = worker.revive({ asNew });
	const ends = new Map();
	const noteEnds = async () => {
		for (const id of held.filter((one) => !ends.has(one))) {
			const { status } = await world.owner.execution(id);
			if (!UNFINISHED.has(status)) {
				ends.set(id, { status, seconds: Math.round((Date.now() - killedAt) / 1000) });
			}
		}
		return ends.size === held.length;
	};
	await until('n8n has noticed that the executions are dead', noteEnds, 1_000);
	await reviving;
	for (const [id, { status, seconds }] of ends) {
		say(`  n8n noticed it after ${seconds} s: execution ${id} has the status "${status}"`);
	}
}

/**
 * Kills the process that receives what comes from outside, and starts it again. Answers the ID of the newest execution
 * from before: meanwhile nothing starts one.
 */
export async function killWebhookProcess({ n8n, owner }) {
	const { webhook } = n8n.processes;
	await webhook.kill();
	say(`  Killed the process for webhooks`);
	const newestBeforeKill = await owner.newestExecutionId();
	await webhook.revive();
	return newestBeforeKill;
}

/** Takes Redis away for some seconds. `meanwhile` happens in its absence. */
export async function cutRedis({ redis }, meanwhile) {
	await redis.cut();
	const absence = sleep(REDIS_AWAY_MS);
	await meanwhile();
	await absence;
	await redis.restore();
	say(`  Redis was away for ${REDIS_AWAY_MS / 1000} s and is back with its data`);
}
