// A failed item says whether its order may have been charged: only where that is false, another try or another provider
// surely pays for nothing twice. In every node.
import type { IDataObject } from 'n8n-workflow';

import { startBench as startCoreToday } from './CoreToday/setup';
import { startBench as startEvoLink } from './EvoLink/setup';
import { SMALL } from './EvoLink/traffic';
import { modelById, startBench as startFal } from './Fal/setup';
import { startBench as startImageChat } from './ImageChat/setup';
import { startBench as startOpenAi } from './OpenAiImages/setup';
import type { EngineRun, RunOptions } from './support';

const CONTINUE = { onError: 'continueRegularOutput' } as const;
/** Time enough for all but those that never end. */
const AT_ONCE = { options: { timeLimitSeconds: 10 }, prompt: '={{ $json.prompt }}' };

type Options = Partial<Omit<RunOptions, 'credentials'>>;
type Failure = [prompt: string, kind: string, mayBeCharged: boolean];

interface Case {
	name: string;
	open(): Promise<{
		generate(parameters: IDataObject, options: Options): Promise<EngineRun>;
		close(): Promise<void>;
	}>;
	failures: Failure[];
}

const REFUSED: Failure[] = [
	['', 'badInput', false],
	['A [sandbox: create=401]', 'auth', false],
	['A [sandbox: create=402]', 'balance', false],
	['A [sandbox: create=400]', 'badRequest', false],
];
const UNKNOWN: Failure[] = [['A [sandbox: create=200 body=cut]', 'outcomeUnknown', true]];

const cases: Case[] = [
	{
		name: 'EvoLink',
		open: async () => {
			const bench = await startEvoLink();
			return {
				generate: async (parameters, options) =>
					await bench.image('generate', { ...SMALL, ...parameters }, options),
				close: bench.close,
			};
		},
		failures: [
			...REFUSED,
			['A [sandbox: create=503 code=no_available_channel retry-after=300]', 'providerDown', false],
			['A [sandbox: create=429 retry-after=300]', 'rateLimit', false],
			['A [sandbox: fail=content_policy_violation]', 'moderation', false],
			['A [sandbox: fail=generation_failed]', 'taskFailed', false],
			['A [sandbox: paid-outcome-unknown]', 'outcomeUnknown', true],
			['A [sandbox: never]', 'timeLimit', true],
			['A [sandbox: download=dead]', 'download', true],
		],
	},
	{
		name: 'OpenAI Images',
		open: async () => {
			const bench = await startOpenAi();
			return {
				generate: async (parameters, options) =>
					await bench.run('image/generate', parameters, options),
				close: bench.close,
			};
		},
		failures: [
			...REFUSED,
			...UNKNOWN,
			['A [sandbox: quota]', 'balance', false],
			['A [sandbox: create=500]', 'outcomeUnknown', true],
			['A [sandbox: moderation=input]', 'moderation', false],
			['A [sandbox: moderation=output]', 'moderation', true],
		],
	},
	{
		name: 'Core.Today',
		open: async () => {
			const bench = await startCoreToday();
			return {
				generate: async (parameters, options) =>
					await bench.run('image/generate', parameters, options),
				close: bench.close,
			};
		},
		failures: [
			...REFUSED,
			['A [sandbox: create=500 after-effect]', 'outcomeUnknown', true],
			// Nobody says whether a failed prediction is charged.
			['A [sandbox: fail=generation_failed]', 'taskFailed', true],
			['A [sandbox: never]', 'timeLimit', true],
		],
	},
	{
		name: 'Image Chat',
		open: async () => {
			const bench = await startImageChat();
			return {
				generate: async (parameters, options) => await bench.run('generate', parameters, options),
				close: bench.close,
			};
		},
		failures: [
			...REFUSED,
			...UNKNOWN,
			['A [sandbox: refuse]', 'noImage', true],
			['A [sandbox: create=502 body=html]', 'outcomeUnknown', true],
		],
	},
	{
		name: 'fal',
		open: async () => {
			const bench = await startFal();
			const model = modelById('fal-ai/flux/dev');
			return {
				generate: async (parameters, options) =>
					await bench.run('image/generate', { model, ...parameters }, options),
				close: bench.close,
			};
		},
		failures: [
			...REFUSED,
			['A [sandbox: create=403]', 'forbidden', false],
			['A [sandbox: create=404]', 'modelGone', false],
			['A [sandbox: create=429 retry-after=300]', 'rateLimit', false],
			['A [sandbox: create=503]', 'outcomeUnknown', true],
			['A [sandbox: create=502 body=html]', 'outcomeUnknown', true],
			// A fault of fal's is never charged. Of a refusal fal says itself what it has charged.
			['A [sandbox: fail=runner_server_error]', 'taskFailed', false],
			['A [sandbox: fail=startup_timeout]', 'taskFailed', false],
			['A [sandbox: fail=content_policy_violation]', 'moderation', false],
			['A [sandbox: fail=content_policy_violation paid-failure]', 'moderation', true],
			['A [sandbox: fail=no_media_generated]', 'taskFailed', false],
			['A [sandbox: fail=downstream_service_error]', 'taskFailed', true],
			['A [sandbox: black]', 'moderation', true],
			['A [sandbox: stuck]', 'timeLimit', true],
			['A [sandbox: never]', 'timeLimit', true],
			['A [sandbox: download=dead]', 'download', true],
		],
	},
];

describe.each(cases)('$name', ({ open, failures }) => {
	let bench: Awaited<ReturnType<Case['open']>>;
	beforeAll(async () => {
		bench = await open();
	});
	afterAll(async () => await bench.close());

	test('each kind of failure', async () => {
		const items = failures.map(([prompt]) => ({ json: { prompt } }));
		const run = await bench.generate(AT_ONCE, { ...CONTINUE, items });
		expect(run.items.map(({ json }) => [json.prompt ?? '', json.kind, json.mayBeCharged])).toEqual(
			failures,
		);
	});

	test('in the error output it stands beside the other facts', async () => {
		const items = [{ json: { prompt: 'A [sandbox: create=402]' } }];
		const run = await bench.generate(AT_ONCE, { onError: 'continueErrorOutput', items });
		expect(run.outputs[1]).toMatchObject([
			{ json: { error: { kind: 'balance', mayBeCharged: false } } },
		]);
	});
});

describe('EvoLink, further', () => {
	let bench: Awaited<ReturnType<typeof startEvoLink>>;
	beforeAll(async () => {
		bench = await startEvoLink();
	});
	afterAll(async () => await bench.close());

	const facts = ({ items }: EngineRun) =>
		items.map(({ json }) => ({ kind: json.kind, mayBeCharged: json.mayBeCharged }));

	test('a server that nobody answers at was surely not asked for anything', async () => {
		const credential = { baseUrl: 'http://127.0.0.1:9' };
		const run = await bench.image('generate', SMALL, { ...CONTINUE, credential });
		expect(facts(run)).toEqual([{ kind: 'network', mayBeCharged: false }]);
	});

	test('above the Maximum Cost nothing was sent', async () => {
		const parameters = { ...SMALL, quality: 'high', options: { maximumCost: 0.0001 } };
		const run = await bench.image('generate', parameters, CONTINUE);
		expect(facts(run)).toEqual([{ kind: 'costLimit', mayBeCharged: false }]);
	});

	test('a reference that stands for another order: that one may have been charged', async () => {
		const { key } = bench.credentials();
		const parameters = { ...SMALL, options: { reference: 'row-1' } };
		await bench.image('generate', { ...parameters, prompt: 'A' }, { key });
		const run = await bench.image('generate', { ...parameters, prompt: 'B' }, { ...CONTINUE, key });
		expect(facts(run)).toEqual([{ kind: 'conflict', mayBeCharged: true }]);
	});

	test('a suspended task that failed without a charge', async () => {
		const run = await bench.image(
			'generate',
			{ ...SMALL, completion: 'suspend', prompt: 'A [sandbox: fail=generation_failed, seconds=4]' },
			{ ...CONTINUE, suspendable: true },
		);
		expect(facts(await run.resumed())).toEqual([{ kind: 'taskFailed', mayBeCharged: false }]);
	});

	test('operations that order nothing say nothing of it', async () => {
		const run = await bench.run('task', 'get', { taskId: 'task-unified-0-none' }, CONTINUE);
		expect(run.items[0]!.json.status).toBe('failed');
		expect(run.items[0]!.json).not.toHaveProperty('mayBeCharged');
	});
});
