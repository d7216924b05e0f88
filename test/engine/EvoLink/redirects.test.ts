// Redirects: EvoLink's key goes to no other host, an upload goes nowhere else, and within the same origin things work.
import type { IDataObject } from 'n8n-workflow';

import { EvoLink } from '../../../nodes/EvoLink/EvoLink.node';
import type { Faults } from '../../../sandbox';
import { openOtherHost, type OtherHost } from '../support/other-host';
import { startBench, type Bench } from './setup';
import { creates, polls, requestsOf, SMALL } from './traffic';

let bench: Bench;
let other: OtherHost;
beforeAll(async () => {
	[bench, other] = await Promise.all([startBench(), openOtherHost()]);
});
afterAll(async () => {
	await bench.close();
	await other.close();
});

type Kind = 'create' | 'poll' | 'upload' | 'list' | 'any';
type Run = (faults: Faults) => ReturnType<Bench['run']>;

const limited = { ...SMALL, options: { timeLimitSeconds: 5 } };
const file = [{ binary: { data: { content: Buffer.from('GIF89a'), fileName: 'a.gif' } } }];
const simple =
	(resource: 'task' | 'account' | 'file', operation: string, parameters: IDataObject = {}): Run =>
	async (faults) =>
		await bench.run(resource, operation, parameters, { faults, items: file });

const requests: Array<[what: string, kind: Kind, run: Run]> = [
	['create', 'create', async (faults) => await bench.image('generate', limited, { faults })],
	['poll', 'poll', async (faults) => await bench.image('generate', limited, { faults })],
	[
		'batch poll',
		'poll',
		async (faults) => await bench.image('generate', limited, { faults, items: [{}, {}, {}] }),
	],
	['history', 'list', simple('task', 'getAll')],
	['balance', 'any', simple('account', 'getBalance')],
	['upload', 'upload', simple('file', 'upload')],
];

describe.each([301, 302, 303, 307, 308])('HTTP %i to another host', (status) => {
	test.each(requests)('on a %s', async (_what, kind, run) => {
		const ended = await run({ [kind]: { status, location: other.url } });
		expect(other.requests).toEqual([]);
		expect(ended.error?.message).toBe(
			`EvoLink answered with a redirect to ${new URL(other.url).origin} (HTTP ${status}).`,
		);
		// Of a create that may have been taken, that is said first.
		expect(ended.error?.description).toMatch(/Nothing is sent there|Nobody can tell/);
	});

	test('on the list of models', async () => {
		const { evoLinkApi } = bench.credentials({ faults: { any: { status, location: other.url } } });
		const listed = bench.engine.listSearch({
			node: new EvoLink(),
			credentials: { evoLinkApi },
			method: 'searchModels',
		});
		await expect(listed).rejects.toThrow('redirect');
		expect(other.requests).toEqual([]);
	});
});

test('the batch route is really asked', async () => {
	const [, , batch] = requests;
	const ended = await batch![2]({ poll: { status: 307, location: other.url } });
	expect(polls(bench, ended.key).batch.length).toBeGreaterThan(0);
});

test.each([301, 302, 303, 307, 308])(
	'HTTP %i within the same origin: a GET works',
	async (status) => {
		const location = '/evolink/v1/credits';
		const faults = { any: { status, location, times: 1 } };
		const ended = await bench.run('account', 'getBalance', {}, { faults });
		expect(ended.error).toBeUndefined();
		expect(ended.items[0]!.json.remainingCredits).toBe(1000);
		expect(requestsOf(bench, ended.key)).toHaveLength(2);
	},
);

test.each([307, 308])('HTTP %i within the same origin: a create works, once', async (status) => {
	const faults = { create: { status, location: '/evolink/v1/images/generations', times: 1 } };
	const ended = await bench.image('generate', SMALL, { faults });
	expect(ended.error).toBeUndefined();
	expect(ended.items).toHaveLength(1);
	const [first, second] = creates(bench, ended.key);
	expect(second?.idempotencyKey).toBe(first?.idempotencyKey);
	expect(bench.sandbox.evolink.tasks(ended.key)).toHaveLength(1);
});

test('an upload is not sent on, not even within the same origin', async () => {
	const location = '/evolink-files/api/v1/files/upload/stream';
	const faults = { upload: { status: 307, location, times: 1 } };
	const ended = await bench.run('file', 'upload', {}, { faults, items: file });
	expect(ended.error?.message).toMatch(
		/^EvoLink answered with a redirect to http.*stream \(HTTP 307\)/,
	);
	expect(requestsOf(bench, ended.key)).toHaveLength(1);
});
