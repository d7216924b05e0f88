// Redirects: Core.Today's key goes to no other host, be it named by a redirect or by an answer, and an upload goes nowhere else.
import type { CoreTodayFaults } from '../../../sandbox';
import { openOtherHost, type OtherHost } from '../support/other-host';
import { startBench, type Bench } from './setup';
import { creates, requestsOf } from './traffic';

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

const file = [{ binary: { data: { content: Buffer.from('GIF89a'), fileName: 'a.gif' } } }];
const image = { inputImages: { images: [{ source: 'binary', binaryPropertyName: 'data' }] } };
type Run = (faults: CoreTodayFaults) => ReturnType<Bench['run']>;

const generate: Run = async (faults) =>
	await bench.run('image/generate', { options: { timeLimit: 5 } }, { account: { faults } });
const edit: Run = async (faults) =>
	await bench.run(
		'image/edit',
		{ ...image, options: { timeLimit: 5 } },
		{ account: { faults }, items: await picture() },
	);
const upload: Run = async (faults) =>
	await bench.run('file/upload', {}, { account: { faults }, items: file });

async function picture() {
	const { picture: made } = await import('../EvoLink/pictures');
	return [{ binary: { data: await made('png', { width: 64, height: 64 }) } }];
}

const requests: Array<[string, keyof CoreTodayFaults, Run]> = [
	['create', 'create', generate],
	['create with files', 'create', edit],
	['poll', 'poll', generate],
	['request for a place to upload to', 'upload', upload],
];

describe.each([301, 302, 303, 307, 308])('HTTP %i to another host', (status) => {
	test.each(requests)('on a %s', async (_what, kind, run) => {
		const ended = await run({ [kind]: { status, location: other.url } });
		expect(other.requests).toEqual([]);
		expect(ended.error?.message).toBe(
			`Core.Today answered with a redirect to ${new URL(other.url).origin} (HTTP ${status}).`,
		);
		expect(ended.error?.description).toMatch(/Nothing is sent there|Nobody can tell/);
		expect(creates(bench, ended.key).length).toBeLessThanOrEqual(1);
	});
});

test('a create is sent on within the same origin where it stays as it is', async () => {
	const faults = { create: { status: 307, location: '/coretoday/v1/predictions', times: 1 } };
	const ended = await generate(faults);
	expect(ended.error).toBeUndefined();
	expect(bench.sandbox.coreToday.predictions(ended.key)).toHaveLength(1);
});

test('a create with files is not sent on, not even within the same origin', async () => {
	const location = '/coretoday/v1/predictions/upload';
	const ended = await edit({ create: { status: 307, location, times: 1 } });
	expect(ended.error?.message).toContain('a redirect to');
	expect(creates(bench, ended.key)).toHaveLength(1);
});

test('the storage of Core.Today itself gets no key', async () => {
	const ended = await upload({});
	expect(ended.error).toBeUndefined();
	const sent = bench.sandbox.requests.filter(({ path }) => path.startsWith('/coretoday-storage'));
	expect(sent.length).toBeGreaterThan(0);
	for (const { headers } of sent) expect(JSON.stringify(headers)).not.toContain(ended.key);
	expect(requestsOf(bench, ended.key)).toHaveLength(1);
});

describe('a storage on another host, as an answer names it', () => {
	const place = (uploadUrl: string) => ({
		upload: {
			status: 200,
			text: JSON.stringify({
				upload_url: uploadUrl,
				upload_fields: { key: 'n8n/a.gif' },
				file_url: 'https://files.test/a.gif',
			}),
		},
	});

	test('gets the file and no key', async () => {
		const ended = await upload(place(other.url));
		expect(ended.error).toBeUndefined();
		expect(other.requests).toHaveLength(1);
		expect(other.requests[0]!.body).toContain('GIF89a');
		expect(JSON.stringify(other.requests)).not.toContain(ended.key);
	});

	test('can send the file nowhere else', async () => {
		const moved = await openOtherHost(307);
		const ended = await upload(place(moved.url));
		await moved.close();
		expect(ended.error?.message).toContain('a redirect to');
		expect(moved.requests).toHaveLength(1);
		expect(JSON.stringify(moved.requests)).not.toContain(ended.key);
	});
});
