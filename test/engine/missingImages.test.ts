// Of several images of an item, each a task or a request of its own, those that are made come out whatever becomes of the
// others, which are told of. Where n8n tries again, only the missing ones are made anew. In every node that orders so.
import type { IDataObject } from 'n8n-workflow';

import type { Sandbox } from '../../sandbox';
import { startBench as startCoreToday } from './CoreToday/setup';
import { startBench as startOpenAi } from './OpenAiImages/setup';
import { SMALL } from './OpenAiImages/traffic';
import type { EngineRun, RunOptions } from './support';

type Generate = (
	parameters: IDataObject,
	options: Partial<Omit<RunOptions, 'credentials'>>,
) => Promise<EngineRun & { key: string }>;

interface Case {
	name: string;
	open(): Promise<{
		/** The first request of each key is refused. */
		generate: Generate;
		sandbox: Sandbox;
		close(): Promise<void>;
	}>;
	parameters: IDataObject;
	/** Of each image that comes out. */
	status: string;
}

const account = { faults: { create: { status: 400, times: 1 }, drawnSize: '64x64' } };

const openOpenAi: Case['open'] = async () => {
	const bench = await startOpenAi();
	const generate: Generate = async (parameters, options) =>
		await bench.run('image/generate', parameters, { account, ...options });
	return { ...bench, generate };
};
const openCoreToday: Case['open'] = async () => {
	const bench = await startCoreToday();
	const generate: Generate = async (parameters, options) =>
		await bench.run('image/generate', parameters, { account, ...options });
	return { ...bench, generate };
};
describe.each<Case>([
	{
		name: 'Core.Today, Wait',
		open: openCoreToday,
		parameters: { completion: 'wait' },
		status: 'succeeded',
	},
	{
		name: "Core.Today, Don't Wait",
		open: openCoreToday,
		parameters: { completion: 'return' },
		status: 'running',
	},
	{
		name: "OpenAI Images, Don't Wait",
		open: openOpenAi,
		parameters: { completion: 'return' },
		status: 'queued',
	},
	{
		name: 'OpenAI Images, streamed',
		open: openOpenAi,
		parameters: { completion: 'wait', options: { stream: true } },
		status: 'succeeded',
	},
])('$name', ({ open, parameters, status }) => {
	let bench: Awaited<ReturnType<Case['open']>>;
	beforeAll(async () => {
		bench = await open();
	});
	afterAll(async () => await bench.close());

	const generate: Generate = async (others, options) =>
		await bench.generate({ numberOfImages: 3, ...parameters, ...others }, options);
	const ordersOf = (key: string) =>
		bench.sandbox.requests.filter(
			(request) => request.key === key && request.method === 'POST' && request.status < 300,
		).length;

	test.each(['stopWorkflow', 'continueRegularOutput'] as const)(
		'two come out, and a hint tells of the third: %s',
		async (onError) => {
			const run = await generate({}, { onError });
			expect(run.error).toBeUndefined();
			expect(run.items.map(({ json }) => json.status)).toEqual([status, status]);
			expect(run.hints?.map(({ message }) => message)).toEqual([
				expect.stringMatching(/^One image of item 0 is missing\. .*not valid/),
			]);
			expect(ordersOf(run.key)).toBe(2);
		},
	);

	test('with Retry On Fail, the third alone is ordered anew', async () => {
		const run = await generate({}, { retryOnFail: { maxTries: 2 } });
		expect(run.error).toBeUndefined();
		expect(run.items).toHaveLength(3);
		expect(ordersOf(run.key)).toBe(3);
	});
});

test.each([true, 'agent'] as const)(
	'an AI agent reads what is missing, and it counts for no limit (%s)',
	async (asTool) => {
		const bench = await startOpenAi();
		const wishes = [
			{ prompt: 'A boat [sandbox: create=400 times=1]', n: 3 },
			{ prompt: 'A hat', n: 2 },
		];
		const run = await bench.run(
			'image/generate',
			{
				...SMALL,
				prompt: "={{ $fromAI('prompt') }}",
				numberOfImages: "={{ $fromAI('n', '', 'number') }}",
				options: { concurrency: 1, stream: true, maximumImages: 4 },
			},
			{ asTool, items: wishes.map((json) => ({ json })) },
		);
		const answers = run.items.flatMap(({ json }) => (json.response as IDataObject[]) ?? json);
		expect(answers.map(({ hint }) => hint)).toEqual([
			expect.stringMatching(/^One image of item 0 is missing\. .*not valid/),
			undefined,
			undefined,
			undefined,
		]);
		expect(answers.map(({ error }) => error)).toEqual(Array(4).fill(undefined));
		await bench.close();
	},
);
