// How long many items take together: each image takes the provider two seconds, and so many are made at once.
import { FLOOR, LOOP, N8N_OPENAI, OURS } from '../frame/contenders.mjs';
import { handMadeLoop, n8nNode, OUR_PROVIDERS, ourNode } from '../engine/contenders.mjs';
import { FLOOR_PROGRAM, inNewProcess, prepareEngine } from '../engine/engine.mjs';
import { startSandbox } from '../engine/sandbox.mjs';
import { wrongIn } from '../engine/pictures.mjs';
import { waitingRows } from '../waiting/rows.mjs';

export const title = 'Batch: 24 items, each takes the provider 2 s';

const SECTION = 'Batch, 24 items of 2 s';
const ITEMS = 24;
const SECONDS = 2;
const AT_ONCE = [4, 10, 24];
const MOST_OVER = 1.03;
/** In the hand-made loop, all requests go out together. */
const LOOPED = { provider: 'EvoLink', atOnce: 24 };
const N8N_AT_ONCE = 10;

/** The sandbox draws small pictures of the words; what is in brackets tells it how. */
const promptOf = (number, seconds) =>
	`Product number ${number} on a wooden shelf [sandbox: seconds=${seconds}, drawn-size=256x256]`;
const itemsOf = (seconds) =>
	Array.from({ length: ITEMS }, (_none, index) => ({
		number: index + 1,
		prompt: promptOf(index + 1, seconds),
	}));

const caseOf = (provider, atOnce) => `${provider}, ${atOnce} at once`;
const least = (atOnce) => Math.ceil(ITEMS / atOnce) * SECONDS;

/** First without waiting, so that all pictures are drawn and all code is loaded; then as often as wanted. */
async function timesOf(workflow, file) {
	const ahead = { ...workflow[0], items: itemsOf(0) };
	const jobs = workflow.map((each) => ({ ...each, items: itemsOf(SECONDS) }));
	const [first, ...results] = await inNewProcess([ahead, ...jobs], file);
	return results.map((result) => ({ ...result, problem: wrongIn(result, first.digests, ITEMS) }));
}

export async function measure({ quick, runs, tell }) {
	await prepareEngine();
	const sandbox = await startSandbox();
	const rows = new Map();
	const add = (what, contender, { seconds, problem }, more = {}) => {
		const key = `${what} ${contender}`;
		const row = rows.get(key) ?? {
			section: SECTION,
			what,
			contender,
			unit: 's',
			values: [],
			...more,
		};
		if (seconds !== undefined) row.values.push(seconds);
		if (problem) row.problem = problem;
		rows.set(key, row);
	};
	const atOnceOf = quick ? [N8N_AT_ONCE] : AT_ONCE;
	try {
		for (let run = 1; run <= Math.min(runs, 2); run++) {
			const service = sandbox.services.OpenAI;
			const floors = atOnceOf.map((atOnce) => ({ service, atOnce }));
			tell(`run ${run}, ${FLOOR}`);
			const floor = await timesOf(floors, FLOOR_PROGRAM);
			for (const provider of OUR_PROVIDERS) {
				tell(`run ${run}, ${provider.name}`);
				const credentials = sandbox.credentials[provider.name];
				const workflows = atOnceOf.map((atOnce) => ourNode({ ...provider, credentials }, atOnce));
				const results = await timesOf(workflows);
				atOnceOf.forEach((atOnce, index) => {
					const limit = { value: MOST_OVER * least(atOnce) };
					add(caseOf(provider.name, atOnce), OURS, results[index], { limit });
					if (provider.name === 'OpenAI') {
						add(caseOf(provider.name, atOnce), FLOOR, floor[index], { floor: true });
					}
				});
			}
		}
		// These two take long, always the same, and are no one's fault here: once is enough.
		tell(N8N_OPENAI);
		const [n8n] = await timesOf([n8nNode(sandbox.services.OpenAI)]);
		add(caseOf('OpenAI', N8N_AT_ONCE), N8N_OPENAI, { seconds: n8n.seconds });
		tell(LOOP);
		const [loop] = await timesOf([handMadeLoop(sandbox.url, sandbox.services.EvoLink.apiKey)]);
		const { provider, atOnce } = LOOPED;
		add(caseOf(provider, quick ? N8N_AT_ONCE : atOnce), LOOP, { seconds: loop.seconds });
	} finally {
		await sandbox.stop();
	}
	return [...rows.values(), ...(await waitingRows(runs))];
}
