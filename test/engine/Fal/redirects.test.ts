// fal's key goes to no other host, be it named by a redirect or by an answer: its addresses to go on with, a place to upload to, a
// link to a picture.
import type { IDataObject } from 'n8n-workflow';

import type { FalFaults } from '../../../sandbox/fal/faults';
import { picture } from '../EvoLink/pictures';
import { openOtherHost, type OtherHost } from '../support/other-host';
import { LINKS, modelById, startBench, type Bench } from './setup';

const MODEL = 'fal-ai/flux/dev';
const TASK = { taskId: `${MODEL}/requests/1` };

let bench: Bench;
let other: OtherHost;
beforeAll(async () => {
	[bench, other] = await Promise.all([startBench(), openOtherHost()]);
});
afterAll(async () => {
	await bench.close();
	await other.close();
});
beforeEach(() => {
	other.requests.length = 0;
});

const file = async () => [{ binary: { data: await picture('png', { width: 64, height: 64 }) } }];
const text = (value: unknown) => ({ status: 200, text: JSON.stringify(value) });
const generate = async (faults: FalFaults, options: object = LINKS) =>
	await bench.run(
		'image/generate',
		{ model: modelById(MODEL), ...options },
		{ account: { faults } },
	);

const REQUESTS: Array<
	[what: string, fault: keyof FalFaults, operation: string, parameters: IDataObject]
> = [
	['create', 'create', 'image/generate', { model: modelById(MODEL) }],
	['poll', 'poll', 'image/generate', { model: modelById(MODEL), options: { timeLimitSeconds: 5 } }],
	[
		'result',
		'result',
		'image/generate',
		{ model: modelById(MODEL), options: { timeLimitSeconds: 5 } },
	],
	['cancel', 'any', 'task/cancel', TASK],
	['look at a task', 'any', 'task/get', TASK],
	['request for a place to upload to', 'upload', 'file/upload', {}],
	['balance', 'list', 'account/getBalance', {}],
];

describe.each([301, 302, 303, 307, 308])('HTTP %i to another host', (status) => {
	test.each(REQUESTS)('on a %s', async (_what, fault, operation, parameters) => {
		const account = { faults: { [fault]: { status, location: other.url } } };
		const run = await bench.run(operation, parameters, { account, items: await file() });
		expect(other.requests).toEqual([]);
		expect(run.error?.message).toContain('redirect');
	});
});

test('the addresses that an answer names to go on with are not used', async () => {
	const names = ['status_url', 'response_url', 'cancel_url'];
	const addresses = Object.fromEntries(names.map((name) => [name, `${other.url}/${name}`]));
	const create = text({ request_id: '1', status: 'IN_QUEUE', ...addresses });
	const poll = text({ request_id: '1', status: 'COMPLETED', ...addresses });
	const result = text({ images: [{ url: 'https://files.test/a.png' }], ...addresses });
	const run = await generate({ create, poll, result });
	expect(run.error).toBeUndefined();
	expect(run.items).toHaveLength(1);
	expect(other.requests).toEqual([]);
});

test('a place on another host gets the file, and no key', async () => {
	const place = { upload_url: other.url, file_url: 'https://files.test/a.png' };
	const account = { faults: { upload: text(place) } };
	const run = await bench.run('file/upload', {}, { account, items: await file() });
	expect(run.error).toBeUndefined();
	expect(other.requests).toMatchObject([{ method: 'PUT', body: expect.stringContaining('PNG') }]);
	expect(JSON.stringify(other.requests)).not.toContain(run.key);
	expect(other.requests[0]!.headers).not.toHaveProperty('authorization');
});

test('a link on another host is asked for without a key', async () => {
	const result = text({ images: [{ url: `${other.url}/a.png` }] });
	const run = await generate({ result }, { options: { timeLimitSeconds: 5 } });
	expect(run.error).toBeDefined();
	expect(other.requests.length).toBeGreaterThan(0);
	expect(JSON.stringify(other.requests)).not.toContain(run.key);
	expect(other.requests[0]!.headers).not.toHaveProperty('authorization');
});
