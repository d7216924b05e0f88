// Lets every n8n live, be killed and live again until all its people have what they wished, or know why not.
import { mkdirSync, rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

import { build } from 'esbuild';
import pLimit from 'p-limit';

import { sandboxCredentials } from '../../scripts/lib/credentials.mjs';
import { inLocal, inRoot } from '../../scripts/lib/paths.mjs';
import { freePort } from '../../scripts/lib/ports.mjs';
import { progress } from '../../scripts/lib/say.mjs';
import { startSandboxServer } from '../../scripts/lib/sandbox-server.mjs';
import { readLedger } from '../queue/ledger.mjs';
import { readSandbox } from '../queue/sandbox.mjs';
import { judge } from './judge.mjs';
import { planKills } from './kills.mjs';
import { createN8n } from './n8n.mjs';
import { createPerson } from './person.mjs';
import { planBatches } from './plan.mjs';
import { openProxy } from './proxy.mjs';

const N8NS_AT_ONCE = 6;
const MOST_LIVES = 25;
/** The last tasks end, so that the books are complete. */
const LAST_LOOK_MS = 3_000;
const folder = inLocal('chaos');

/** The process of n8n with our nodes in one file, so that it starts quickly. */
async function bundle() {
	const outfile = inLocal('chaos', 'process.cjs');
	await build({
		entryPoints: [inRoot('test', 'chaos', 'n8n', 'process.ts')],
		outfile,
		bundle: true,
		packages: 'external',
		platform: 'node',
		target: 'node24',
		logLevel: 'error',
	});
	return outfile;
}

/** What n8n has in its credentials, by type. Each n8n has an account of its own where the provider lists its tasks. */
function credentialsFor(url, evoLinkKey) {
	const { port } = new URL(url);
	const byType = Object.fromEntries(sandboxCredentials(port).map(({ type, data }) => [type, data]));
	return { ...byType, evoLinkApi: { ...byType.evoLinkApi, apiKey: evoLinkKey } };
}

async function addEvoLinkKey(url, key) {
	await fetch(`${url}/_sandbox/evolink/keys`, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify({ key, credits: 100_000 }),
	});
}

/**
 * Runs the whole. Answers each wish with its judgement, and what has happened meanwhile.
 * @param {{seed: string, count: number}} options
 */
export async function runChaos({ seed, count }) {
	rmSync(folder, { recursive: true, force: true });
	mkdirSync(folder, { recursive: true });
	const program = await bundle();
	const sandboxPort = await freePort();
	const sandboxUrl = `http://127.0.0.1:${sandboxPort}`;
	const sandbox = await startSandboxServer(sandboxPort);
	const proxy = await openProxy({ seed, target: sandboxUrl });
	const batches = planBatches(seed, count);
	const groups = Map.groupBy(batches, ({ n8n }) => n8n);
	let kills = 0;
	let lives = 0;
	const people = [];
	const isOver = () => people.filter((person) => person.isDone()).length;
	const shown = progress(
		'Ordering images',
		() => `${isOver()} of ${batches.length} batches, ${kills} kills`,
	);

	async function liveThrough(number, own) {
		const key = `chaos-evolink-${number}`;
		await addEvoLinkKey(sandboxUrl, key);
		const n8n = createN8n({
			folder: inLocal('chaos', `n8n-${number}`),
			program,
			port: await freePort(),
			credentials: credentialsFor(proxy.url, key),
		});
		const here = own.map((batch) => createPerson(batch, n8n, proxy.markerOf));
		people.push(...here);
		for (let life = 1; life <= MOST_LIVES; life++) {
			const active = here.filter((person) => !person.isDone());
			if (active.length === 0) return;
			const plans = planKills(seed, number, life, active);
			let callOffs = [];
			const wasKilled = await n8n.live(
				active.map((person) => person.next()),
				(kill) => (callOffs = plans.map((plan) => proxy.killAt(plan, kill))),
			);
			for (const callOff of callOffs) callOff();
			lives += 1;
			if (wasKilled) kills += 1;
			for (const person of active) person.look();
		}
	}

	const limit = pLimit(N8NS_AT_ONCE);
	await Promise.all([...groups].map(([number, own]) => limit(() => liveThrough(number, own))));
	await sleep(LAST_LOOK_MS);
	shown.done();
	const ledger = readLedger(await readSandbox(sandboxUrl));
	await proxy.close();
	await sandbox.stop();

	const judged = people.flatMap((person) => {
		const sent = new Set(person.sentMarkers());
		return person.batch.wishes.map((wish) => {
			const books = ledger.get(wish.marker);
			const outcome = person.outcomes.get(wish.marker);
			const isLogged = sent.has(wish.marker);
			const known = { books, outcome, isLogged, hasCrashed: person.hasCrashed() };
			return { wish, books, outcome, ...judge(wish, known) };
		});
	});
	return { judged, kills, lives, ...proxy.counts };
}
