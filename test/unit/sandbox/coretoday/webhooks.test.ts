// Webhooks: in either dialect, under either name, retried, lost, repeated, early, forged; and the control surface.
import { fetch } from 'undici';
import { type Sandbox, startSandbox } from '../../../../sandbox';
import { json, startReceiver, until } from '../support';
import { CoreTodayClient, idOf, type Json } from './support';

let sandbox: Sandbox;
let client: CoreTodayClient;
let receiver: Awaited<ReturnType<typeof startReceiver>>;

beforeEach(async () => {
	sandbox = await startSandbox({ pace: 0.01 });
	client = new CoreTodayClient(sandbox);
	receiver = await startReceiver();
});
afterEach(async () => {
	receiver.close();
	await sandbox.close();
});

async function createWith(directive: string, more: object = {}): Promise<string> {
	const prompt = directive ? `x [sandbox: ${directive}]` : 'x';
	return idOf(await client.created({ prompt }, { webhook_url: receiver.url, ...more }));
}

const firstBody = async () => JSON.parse((await until(() => receiver.received[0])).body) as Json;

describe('a webhook', () => {
	it.each([
		['A', 'webhook', '', 'succeeded'],
		['A', 'webhook_url', 'fail=x', 'failed'],
		['B', 'webhook', 'cancel', 'cancelled'],
		['B', 'webhook_url', '', 'completed'],
	] as const)(
		'in dialect %s under %s tells of %j',
		async (dialect, parameter, directive, status) => {
			sandbox.coreToday.setDialect(client.key, dialect);
			const prompt = directive ? `x [sandbox: ${directive}]` : 'x';
			const id = idOf(await client.created({ prompt }, { [parameter]: receiver.url }));
			const body = await firstBody();
			expect(body).toEqual(await client.prediction(id));
			expect(body).toMatchObject({ [dialect === 'A' ? 'id' : 'job_id']: id, status });
			expect(client.records()[0]).toMatchObject({
				webhookUrl: receiver.url,
				webhookParameter: parameter,
			});
			const [delivery] = await until(() => {
				const all = sandbox.coreToday.deliveries();
				return all.length > 0 && all;
			});
			expect(delivery).toMatchObject({ taskId: id, attempt: 1, status: 200, headers: {} });
		},
	);

	it('is tried again when the answer is no 2xx', async () => {
		receiver.close();
		receiver = await startReceiver([500]);
		await createWith('');
		await until(() => receiver.received.length === 2);
		const [first, second] = receiver.received;
		expect(first?.body).toBe(second?.body);
	});

	it('comes only for the events that were asked for', async () => {
		const failed = await createWith('fail=x', { webhook_events: ['completed'] });
		const done = await createWith('callback-delay=50', { webhook_events: ['completed'] });
		expect((await firstBody()).job_id).toBe(done);
		expect((await client.prediction(failed)).status).toBe('failed');
		expect(receiver.received).toHaveLength(1);
		expect(client.records()[0]).toMatchObject({ webhookEvents: ['completed'] });
	});

	it('is lost when told so', async () => {
		await createWith('callback=lose');
		const id = await createWith('callback-delay=50');
		expect((await firstBody()).job_id).toBe(id);
	});

	it('is repeated when told so', async () => {
		await createWith('callback-repeat=2');
		await until(() => receiver.received.length === 3);
		expect(new Set(receiver.received.map(({ body }) => body)).size).toBe(1);
	});

	it('comes early when told so, and once more at the end', async () => {
		const id = await createWith('callback=early, never');
		expect(await firstBody()).toMatchObject({ job_id: id, status: 'completed' });
		expect((await client.prediction(id)).status).toBe('processing');
		sandbox.coreToday.finishPrediction(id);
		await until(() => receiver.received[1]);
	});

	it.each<[string, (body: string, path: string, id: string) => void]>([
		[
			'status',
			(body, _path, id) => expect(JSON.parse(body)).toMatchObject({ job_id: id, status: 'failed' }),
		],
		['unknownTask', (body, _path, id) => expect((JSON.parse(body) as Json).job_id).not.toBe(id)],
		['notJson', (body) => expect(() => JSON.parse(body) as unknown).toThrow()],
		['oversized', (body) => expect(body.length).toBeGreaterThan(16 * 1024 * 1024)],
		['wrongToken', (_body, path) => expect(path).toBe('/done?token=abcde0')],
	])('can be forged: %s', async (kind, check) => {
		const id = await createWith(`callback=${kind}`);
		const { body, path } = await until(() => receiver.received[0]);
		check(body, path, id);
		expect((await client.prediction(id)).status).toBe('completed');
	});
});

describe('the control surface', () => {
	const post = async (path: string, body?: object) =>
		await fetch(`${sandbox.url}/_sandbox/coretoday/${path}`, {
			method: 'POST',
			headers: body && { 'content-type': 'application/json' },
			body: body && JSON.stringify(body),
		});

	it('makes keys, ends predictions and shows the state', async () => {
		const options = { credits: 500, dialect: 'A', faults: { never: true } };
		const { key } = await json<{ key: string }>(await post('keys', options), 200);
		const own = new CoreTodayClient(sandbox, { key, dialect: 'A', faults: { never: true } });
		const id = idOf(await own.created());
		expect((await post(`predictions/${id}/finish`)).status).toBe(200);
		expect((await own.prediction(id)).status).toBe('succeeded');
		interface State {
			coretoday: { keys: Json[]; predictions: Json[] };
		}
		const state = await json<State>(await fetch(`${sandbox.url}/_sandbox/state`), 200);
		expect(state.coretoday.keys).toContainEqual(expect.objectContaining({ key, charged: 480 }));
		expect(state.coretoday.predictions).toContainEqual(expect.objectContaining({ id }));
	});

	it('refuses what it does not know', async () => {
		expect((await post('keys', { dialect: 'C' })).status).toBe(400);
		expect((await post('predictions/none/finish')).status).toBe(404);
	});

	it('is told on the home page', async () => {
		const page = await (await fetch(sandbox.url)).text();
		for (const words of [sandbox.coreToday.baseUrl, 'cdt_sandbox', 'error-shape=KIND']) {
			expect(page).toContain(words);
		}
	});
});
