// How long many items take together: each image takes the provider two seconds, and so many are made at once.
import { FLOOR, HELPER, HTTP_REQUEST, LOOP, N8N_OPENAI, OURS } from '../frame/contenders.mjs';
import { gatherRows } from '../frame/rows.mjs';
import {
	directRequests,
	floorNode,
	handMadeLoop,
	helperNode,
	n8nNode,
	OUR_PROVIDERS,
	ourNode,
} from '../engine/contenders.mjs';
import { inNewProcess, prepareEngine } from '../engine/engine.mjs';
import { startSandbox } from '../engine/sandbox.mjs';
import { wrongIn } from '../engine/pictures.mjs';
import { waitingRows } from '../waiting/rows.mjs';

export const title = 'Batch: 24 items, each takes the provider 2 s';

const SECTION = 'Batch, 24 items of 2 s';
const ITEMS = 24;
const SECONDS = 2;
const AT_ONCE = [4, 10, 24];
/** In the first run only: most of it is waiting, which is the same in every run. */
const SLOWEST = 4;
const QUICK_PROVIDERS = ['OpenAI', 'EvoLink', 'fal'];
const MOST_OVER = 1.03;
/** A task that is polled may be noticed late by a tenth of its time. */
const MOST_OVER_IF_POLLED = 1.1;
/** In the hand-made loop, all requests go out together. */
const LOOPED = { provider: 'EvoLink', atOnce: 24 };
const N8N_AT_ONCE = 10;

/** The sandbox draws small pictures of the words; what is in brackets tells it how. */
const promptOf = (number) =>
	`Product number ${number} on a wooden shelf [sandbox: seconds=${SECONDS}, drawn-size=256x256]`;
const itemsOf = () =>
	Array.from({ length: ITEMS }, (_none, index) => ({
		number: index + 1,
		prompt: promptOf(index + 1),
	}));

const caseOf = (provider, atOnce) => `${provider}, ${atOnce} at once`;
const IN_CHART = new Set([caseOf('OpenAI', N8N_AT_ONCE), caseOf(LOOPED.provider, LOOPED.atOnce)]);
const least = (atOnce) => Math.ceil(ITEMS / atOnce) * SECONDS;

/** First once more, so that all pictures are drawn, all code is loaded, and it is known how long such tasks take. */
async function timesOf(workflows) {
	const jobs = [workflows.at(-1), ...workflows].map((each) => ({ ...each, items: itemsOf() }));
	const [first, ...results] = await inNewProcess(jobs);
	return results.map((result) => ({ ...result, problem: wrongIn(result, first.digests, ITEMS) }));
}

/** Our nodes of all providers, and the floor, which is the same for all: no protocol can be faster than one request. */
async function measureOurs({ sandbox, rows, run, tell, providers, atOnceOf }) {
	const service = sandbox.services.OpenAI;
	tell(`run ${run}, ${FLOOR}`);
	const floor = await timesOf(atOnceOf.map((atOnce) => floorNode(service, atOnce)));
	for (const provider of providers) {
		tell(`run ${run}, ${provider.name}`);
		const credentials = sandbox.credentials[provider.name];
		const workflows = atOnceOf.map((atOnce) => ourNode({ ...provider, credentials }, atOnce));
		const ours = await timesOf(workflows);
		atOnceOf.forEach((atOnce, index) => {
			const what = caseOf(provider.name, atOnce);
			const chart = IN_CHART.has(what);
			const { seconds, problem } = ours[index];
			const limit = {
				value: least(atOnce) * (provider.isPolled ? MOST_OVER_IF_POLLED : MOST_OVER),
			};
			rows.add(what, OURS, seconds, { limit, chart, problem });
			rows.add(what, FLOOR, floor[index].seconds, { floor: true, chart });
		});
	}
}

/** What n8n itself needs where all items go out and come back in the same moment. */
async function measureN8nItself({ sandbox, rows, run, tell }) {
	const service = sandbox.services.OpenAI;
	for (const [contender, workflow] of [
		[HELPER, helperNode(service, ITEMS)],
		[HTTP_REQUEST, directRequests(service, false)],
	]) {
		tell(`run ${run}, ${contender}`);
		const [{ seconds, problem }] = await timesOf([workflow]);
		rows.add(caseOf('OpenAI', ITEMS), contender, problem ? undefined : seconds);
	}
}

/** Both take as long as they do by their own waiting: once is enough. Who fails is left out. */
async function measureOthers({ sandbox, rows, tell, quick }) {
	tell(LOOP);
	const [loop] = await timesOf([handMadeLoop(sandbox.url, sandbox.services.EvoLink.apiKey)]);
	rows.add(caseOf(LOOPED.provider, LOOPED.atOnce), LOOP, loop.problem ? undefined : loop.seconds, {
		chart: true,
	});
	if (quick) return;
	tell(N8N_OPENAI);
	const [n8n] = await timesOf([n8nNode(sandbox.services.OpenAI)]);
	rows.add(caseOf('OpenAI', N8N_AT_ONCE), N8N_OPENAI, n8n.problem ? undefined : n8n.seconds, {
		chart: true,
	});
}

export async function measure({ quick, runs, tell }) {
	await prepareEngine();
	const sandbox = await startSandbox();
	const rows = gatherRows(SECTION, 's');
	const providers = OUR_PROVIDERS.filter(({ name }) => !quick || QUICK_PROVIDERS.includes(name));
	try {
		for (let run = 1; run <= runs; run++) {
			const atOnceOf = quick ? [N8N_AT_ONCE] : AT_ONCE.filter((one) => run === 1 || one > SLOWEST);
			await measureOurs({ sandbox, rows, run, tell, providers, atOnceOf });
			if (!quick) await measureN8nItself({ sandbox, rows, run, tell });
		}
		await measureOthers({ sandbox, rows, tell, quick });
	} finally {
		await sandbox.stop();
	}
	return [...rows.all(), ...(await waitingRows(runs))];
}
