// The phases of the queue test: what is started in each, and what happens to n8n meanwhile. Where that kills what starts
// workflows for triggers, `run` answers the ID of the newest execution from before the kill.
import {
	cutRedis,
	killWebhookProcess,
	killWorker,
	watchCallbacks,
	watchDownloads,
	workerWithAll,
	workerWithOne,
} from './disturbances.mjs';
import { rows } from './rows.mjs';
import { finishSomeTasks } from './sandbox.mjs';

const byId = (...ids) => ids.map((id) => rows.find((row) => row.id === id)).filter(Boolean);

/** Batches have a pace of their own, and a synchronous answer can only be late. */
const lasting = (row, seconds) => {
	if (row.batch) return undefined;
	return row.isSynchronous ? `answer-delay=${seconds * 1000}` : `seconds=${seconds}`;
};

const canFail = (row) => !row.batch && !row.isSynchronous;

/** Every row, with nothing in the way; one of each row's tasks fails at the provider. */
const calm = {
	id: 'calm',
	title: 'none',
	run: async ({ start }) => {
		for (const row of rows) {
			await start(row, { count: 3, directive: lasting(row, 3), oneFails: canFail(row) });
		}
	},
};

/**
 * Waiting executions die with their worker, and n8n empties what it had saved of them: their IDs are then in another
 * execution, in the provider's list, or in n8n's log. Left out are synchronous answers, which nobody could bring back.
 */
const killedWhileWaiting = (id, onWorkers, others = []) => ({
	id,
	title: 'worker killed while waiting',
	run: async (world) => {
		for (const row of byId(...others)) {
			await world.start(row, { count: 4, directive: lasting(row, 45) });
		}
		const worker = await workerWithAll(world, byId(...onWorkers), async (row) => {
			await world.start(row, { count: 4, directive: lasting(row, 45) });
		});
		await world.untilAllAreCreated();
		await killWorker(world, worker);
	},
});

/**
 * The worker dies while it is still ordering: what it hasn't ordered is never made. EvoLink alone lists what has been
 * ordered without an answer.
 */
const killedWhileOrdering = {
	id: 'ordering',
	title: 'worker killed while ordering',
	mayStopOrdering: true,
	run: async (world) => {
		const directive = 'seconds=5, answer-delay=1500';
		for (const row of byId('evolink-wait', 'evolink-suspend')) {
			await world.start(row, { count: 40, directive });
			const worker = await workerWithOne(world, row);
			await world.untilSomeAreCreated(row);
			await killWorker(world, worker);
		}
	},
};

/** One execution of each provider dies with its worker in the middle of its downloads. */
const killedWhileDownloading = {
	id: 'downloading',
	title: 'worker killed while downloading',
	run: async (world) => {
		// So slowly that the last one begins before the first one is done.
		const directive = 'seconds=4, download=crawling';
		const providers = ['evolink', 'coretoday', 'fal'];
		const untilDownloading = await Promise.all(
			providers.map(async (provider) => await watchDownloads(world, [provider])),
		);
		const rowsOfAll = byId('evolink-wait', 'coretoday-wait', 'fal-wait');
		const worker = await workerWithAll(world, rowsOfAll, async (row) => {
			await world.start(row, { count: 8, directive });
		});
		await Promise.all(untilDownloading.map(async (isSo) => await isSo()));
		await killWorker(world, worker, { asNew: true });
	},
};

/**
 * The process for webhooks takes what the triggers are told, and workers fetch the images. What it loses is delivered
 * again, also where n8n was killed before it saved that the workflow was started.
 */
const webhookProcessKilledWhileDownloading = {
	id: 'webhook-trigger',
	title: 'webhook process killed while downloading',
	run: async (world) => {
		const untilDownloading = await watchDownloads(world, ['evolink', 'coretoday', 'fal']);
		for (const row of byId('evolink-trigger', 'coretoday-trigger', 'fal-trigger')) {
			await world.start(row, { count: 6, directive: 'seconds=15, download=slow' });
		}
		await untilDownloading();
		return await killWebhookProcess(world);
	},
};

/** Callbacks find nobody, or somebody who dies over them. Suspended executions then go on when their time limit is over. */
const webhookProcessKilledWhileCalled = {
	id: 'webhook-suspend',
	title: 'webhook process killed while called back',
	run: async (world) => {
		const untilCalled = await watchCallbacks(world, ['evolink', 'coretoday', 'fal']);
		for (const row of byId('evolink-suspend', 'coretoday-suspend', 'fal-suspend')) {
			await world.start(row, { count: 6, directive: 'seconds=15' });
		}
		await untilCalled();
		await killWebhookProcess(world);
	},
};

/** Redis goes while everything is under way; tasks end, and more is ordered, while it is away. */
const redisCut = {
	id: 'redis',
	title: 'Redis cut for 5 s',
	run: async (world) => {
		for (const row of rows) {
			await world.start(row, { count: 3, directive: lasting(row, 20) });
		}
		await world.untilAllAreCreated();
		let starts;
		await cutRedis(world, async () => {
			await finishSomeTasks(world.sandboxUrl);
			starts = byId('evolink-wait', 'coretoday-trigger').map((row) =>
				world.start(row, { count: 2, directive: lasting(row, 3) }),
			);
		});
		await Promise.all(starts);
	},
};

export const phases = [
	calm,
	killedWhileOrdering,
	killedWhileWaiting(
		'waiting',
		['evolink-wait', 'evolink-fetch', 'coretoday-second'],
		[
			'evolink-trigger',
			'coretoday-trigger',
			'openai-trigger',
			'openai-batch',
			'evolink-suspend',
			'coretoday-suspend',
			'fal-trigger',
			'fal-suspend',
		],
	),
	// Two workers take turns: with an odd number of kinds, each comes to hold one of every kind.
	killedWhileWaiting('waiting-alone', [
		'coretoday-wait',
		'coretoday-fetch',
		'fal-wait',
		'fal-fetch',
		'openai-fetch',
	]),
	killedWhileDownloading,
	webhookProcessKilledWhileDownloading,
	webhookProcessKilledWhileCalled,
	redisCut,
];
