// The phases of the queue test: what is started in each, and what happens to n8n meanwhile.
import {
	cutRedis,
	killWebhookProcess,
	killWorker,
	watchDownloads,
	workerWithAll,
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
 * Waiting executions die with their worker, and n8n empties what it had saved of them. Left out is what nobody could
 * bring back then: synchronous answers, and tasks of Core.Today whose IDs no other execution has, as it lists no tasks.
 */
const killedWhileWaiting = {
	id: 'waiting',
	title: 'worker killed while waiting',
	run: async (world) => {
		const directive = 'seconds=45';
		const onWorkers = byId('evolink-wait', 'evolink-fetch', 'coretoday-second');
		const others = byId(
			'evolink-trigger',
			'coretoday-trigger',
			'openai-trigger',
			'openai-batch',
			'evolink-suspend',
			'coretoday-suspend',
		);
		for (const row of others) {
			await world.start(row, { count: 4, directive: lasting(row, 45) });
		}
		const worker = await workerWithAll(world, onWorkers, async (row) => {
			await world.start(row, { count: 4, directive });
		});
		await world.untilAllAreCreated();
		await killWorker(world, worker);
	},
};

/** The row's execution dies with its worker in the middle of its downloads. */
const killedWhileDownloading = (provider, rowId) => ({
	id: `downloading-${provider}`,
	title: 'worker killed while downloading',
	run: async (world) => {
		const directive = 'seconds=4, download=slow';
		const untilDownloading = await watchDownloads(world, [provider]);
		const worker = await workerWithAll(world, byId(rowId), async (row) => {
			await world.start(row, { count: 8, directive });
		});
		await untilDownloading();
		await killWorker(world, worker, { asNew: true });
	},
});

/**
 * Triggers and suspended executions fetch their images in the process for webhooks. It has told the providers by then
 * that their callbacks have arrived, so they don't come again. Suspended executions go on when their time limit is over.
 */
const webhookProcessKilled = (mode) => ({
	id: `webhook-${mode}`,
	title: 'webhook process killed while downloading',
	run: async (world) => {
		const untilDownloading = await watchDownloads(world, ['evolink', 'coretoday']);
		const directive = 'seconds=15, download=slow';
		for (const row of byId(`evolink-${mode}`, `coretoday-${mode}`)) {
			await world.start(row, { count: 6, directive });
		}
		await untilDownloading();
		await killWebhookProcess(world);
	},
});

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
	killedWhileWaiting,
	killedWhileDownloading('evolink', 'evolink-wait'),
	killedWhileDownloading('coretoday', 'coretoday-second'),
	webhookProcessKilled('trigger'),
	webhookProcessKilled('suspend'),
	redisCut,
];
