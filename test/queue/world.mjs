// The stage of the queue test: n8n's processes, the sandbox, the workflows, and everything that was wished so far.
import { setTimeout as sleep } from 'node:timers/promises';

import { ClearError, say, step } from '../../scripts/lib/say.mjs';
import { until } from './disturbances.mjs';
import { markersById, readLedger } from './ledger.mjs';
import { recover, recoveryWorkflows } from './recovery.mjs';
import { createResults } from './results.mjs';
import { rows } from './rows.mjs';
import { readSandbox } from './sandbox.mjs';
import { countUp, missing } from './table.mjs';
import { makeWishes } from './wishes.mjs';
import { orderingWorkflow, receivingWorkflow, waitingWorkflow } from './workflows.mjs';

const LOOK_AGAIN_MS = 1_000;
/** Longer than the provider goes on trying to deliver. */
const DELIVERED_MS = { openai: 70_000, evolink: 15_000, coretoday: 15_000, fal: 70_000 };
/** Where nothing is delivered: longer than n8n takes to begin what is in its queue. */
const NOT_DELIVERED_MS = 15_000;
const PHASE_LIMIT_MS = 900_000;
const LAST_LOOK_MS = 15_000;
/** How many items a node works on at the same time. */
const AT_ONCE = 10;

/** How long n8n must have been idle until nothing more can be expected of a row's images. */
function quietMsOf({ provider, trigger, completion }) {
	const isDelivered = trigger === true || completion === 'suspend';
	return isDelivered ? DELIVERED_MS[provider] : NOT_DELIVERED_MS;
}

/** Imports everything into n8n. */
async function setUp(owner, credentials, publicUrl) {
	const credentialIds = {};
	for (const credential of credentials) {
		credentialIds[credential.type] = await owner.addCredential(credential);
	}
	/** By row: the workflow whose executions wait for the images. */
	const waitingIds = {};
	const sources = [];
	const add = async (workflow, facts = {}) => {
		const workflowId = await owner.addWorkflow(workflow);
		sources.push({ workflowId, ...facts });
		return workflowId;
	};
	for (const row of rows) {
		if (row.trigger) await add(receivingWorkflow(row, credentialIds), { receivesFor: row.id });
		const second = row.second && (await add(waitingWorkflow(row, credentialIds)));
		const ordering = orderingWorkflow(row, credentialIds, publicUrl);
		const orderingId = await add(ordering, { isStraight: row.completion !== 'suspend' });
		waitingIds[row.id] = second ?? orderingId;
	}
	const recoveries = recoveryWorkflows(credentialIds);
	for (const { workflow, recoveredBy } of recoveries) await add(workflow, { recoveredBy });
	return { waitingIds, sources, recoveries };
}

export async function createWorld({ n8n, owner, redis, sandboxUrl, credentials }) {
	step('Importing and publishing the workflows');
	const { waitingIds, sources, recoveries } = await setUp(owner, credentials, n8n.url);
	const results = createResults(owner, sources);
	const wishes = [];
	const startsOfRow = new Map();
	let phase;
	let ledger = new Map();
	let underWay = 0;
	let newestBeforeKill;
	const ofPhase = () => wishes.filter((wish) => wish.phase === phase);

	const post = async (path, body) => {
		const response = await fetch(`${n8n.url}/webhook/${path}`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify(body),
		});
		const text = await response.text();
		if (!response.ok) throw new ClearError(`n8n refused /webhook/${path}: ${text.slice(0, 300)}`);
	};

	/**
	 * Whether it was made by a process that was killed before it had put it into the queue, where workers would find it.
	 * What was in the queue they took while that process was started again.
	 */
	const isAbandoned = ({ id, status }) => status === 'new' && Number(id) <= newestBeforeKill;

	const update = async () => {
		underWay = await results.update(async () => {
			ledger = readLedger(await readSandbox(sandboxUrl));
			return markersById(ledger);
		}, isAbandoned);
		return missing(ofPhase(), ledger, results.outcomes);
	};

	const world = {
		n8n,
		owner,
		redis,
		sandboxUrl,
		waitingIds,
		results,
		post,
		ledger: () => ledger,

		/** Starts an execution of a row's workflow, with these wishes. */
		start: async (row, options) => {
			const start = (startsOfRow.get(row.id) ?? 0) + 1;
			startsOfRow.set(row.id, start);
			const made = makeWishes({ row, phase, start, ...options });
			wishes.push(...made);
			await post(row.id, { wishes: made.map(({ marker, prompt }) => ({ marker, prompt })) });
		},

		/** Until the provider has made more of a row's tasks in this phase than it is asked for at the same time. */
		untilSomeAreCreated: async (row) => {
			await until(`some tasks of ${row.name} are on the sandbox’s books`, async () => {
				await update();
				const ordered = ofPhase().filter((wish) => wish.row === row && ledger.has(wish.marker));
				return ordered.length > AT_ONCE;
			});
		},

		untilAllAreCreated: async () => {
			await until('all tasks are on the sandbox’s books', async () => {
				await update();
				return ofPhase().every(({ marker, row }) => row.isSynchronous || ledger.has(marker));
			});
		},
	};

	/** Waits until everything has come out, or until nothing more can be expected. */
	const settle = async () => {
		const giveUpAt = Date.now() + PHASE_LIMIT_MS;
		let quietSince;
		for (;;) {
			const lost = await update();
			if (lost.length === 0 && underWay === 0) return lost;
			quietSince = underWay > 0 ? undefined : (quietSince ?? Date.now());
			const quietMs = Math.max(...lost.map(({ row }) => quietMsOf(row)), 0);
			if (quietSince !== undefined && Date.now() - quietSince > quietMs) return lost;
			if (Date.now() > giveUpAt) return lost;
			await sleep(LOOK_AGAIN_MS);
		}
	};

	return {
		runPhase: async (next) => {
			phase = next;
			const startedAt = Date.now();
			const killedAfter = await next.run(world);
			for (const wish of ofPhase()) wish.newestBeforeKill = killedAfter;
			newestBeforeKill = killedAfter ?? newestBeforeKill;
			let lost = await settle();
			if (lost.length > 0) {
				const rowNames = new Set(lost.map(({ row }) => `${row.name}, ${row.mode}`));
				say(`  ${lost.length} images are missing: starting the recovery workflows`);
				for (const name of rowNames) say(`    ${name}`);
				await recover(world, recoveries, lost);
				lost = await settle();
			}
			say(`  done after ${Math.round((Date.now() - startedAt) / 1000)} s`);
		},
		/** All that was wished, one line for each row and disturbance. Waits a little for what might come twice. */
		countUp: async () => {
			await sleep(LAST_LOOK_MS);
			await update();
			return countUp(wishes, ledger, results.outcomes);
		},
	};
}
