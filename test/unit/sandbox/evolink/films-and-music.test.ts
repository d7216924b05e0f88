// Films and music live as pictures do: called back, listed by their type, made once per idempotency key, and paid.
import { type Sandbox, startSandbox } from '../../../../sandbox';
import { json, startReceiver, until } from '../support';
import { Client, type ErrorJson, type TaskJson } from './support';

let sandbox: Sandbox;
let client: Client;

beforeAll(async () => (sandbox = await startSandbox({ pace: 3600 })));
afterAll(async () => await sandbox.close());
beforeEach(() => (client = new Client(sandbox)));

describe.each([
	['video', '/v1/videos/generations', { model: 'veo3-fast', duration: 4, quality: '480p' }, 2],
	['audio', '/v1/audios/generations', { model: 'suno-v5' }, 10],
] as const)('a task for %s', (type, path, fields, credits) => {
	const create = async (more: object = {}, headers: Record<string, string> = {}) =>
		await client.post(path, { ...fields, prompt: 'The sea', ...more }, headers);

	it('calls back with what a poll tells, and is charged', async () => {
		const receiver = await startReceiver();
		const task = await json<TaskJson>(await create({ callback_url: receiver.url }), 200);
		expect(task).toMatchObject({
			object: `${type}.generation.task`,
			type,
			status: 'pending',
			usage: { credits_reserved: credits },
		});
		sandbox.evolink.finishTask(task.id);
		const { body } = await until(() => receiver.received[0]);
		expect(JSON.parse(body)).toEqual(await client.task(task.id));
		expect(JSON.parse(body)).toMatchObject({
			status: 'completed',
			usage: { credits_used: credits },
			billing: { charge_status: 'charged', charged_credits: credits },
		});
		expect(sandbox.evolink.ledger(client.key)).toMatchObject({ reserved: 0, charged: credits });
		receiver.close();
	});

	it('is listed by its type', async () => {
		await client.created();
		const { id } = await json<TaskJson>(await create(), 200);
		const page = await json<{ data: object[]; total: number }>(
			await client.get(`/v1/tasks?type=${type}`),
			200,
		);
		expect(page).toMatchObject({ total: 1, data: [{ id, type, model: fields.model }] });
	});

	it('is made once per idempotency key', async () => {
		const headers = { 'idempotency-key': 'once'.repeat(5) };
		const [first, second] = [await create({}, headers), await create({}, headers)];
		expect(second.headers.get('idempotency-replayed')).toBe('true');
		expect((await json<TaskJson>(second, 200)).id).toBe((await json<TaskJson>(first, 200)).id);
		expect(sandbox.evolink.tasks(client.key)).toHaveLength(1);
	});

	it.each([
		['a model for something else', { model: 'gpt-image-2' }, 404, 'model_not_found', 'model'],
		['a field for pictures', { size: '1:1' }, 400, 'unknown_parameter', 'size'],
		['no prompt', { prompt: undefined }, 400, 'missing_required_parameter', 'prompt'],
		[
			'an inner callback',
			{ callback_url: 'http://a.b/' },
			400,
			'invalid_parameter',
			'callback_url',
		],
	])('is refused with %s', async (_name, change, status, code, param) => {
		const { error } = await json<ErrorJson>(await create(change), status);
		expect(error).toMatchObject({ code, param });
	});

	it('is refused when the balance does not cover it', async () => {
		client = new Client(sandbox, sandbox.evolink.addKey({ credits: credits - 1 }));
		await json<ErrorJson>(await create(), 402);
	});
});
