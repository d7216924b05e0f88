// The same Idempotency-Key gives the same task and costs once.
import { type Sandbox, startSandbox } from '../../../../sandbox';
import { json, photo } from '../support';
import { Client, type ErrorJson, type TaskJson } from './support';

let sandbox: Sandbox;
let client: Client;

beforeAll(async () => (sandbox = await startSandbox()));
afterAll(async () => await sandbox.close());
beforeEach(() => (client = new Client(sandbox)));

const header = { 'idempotency-key': ['run-1', 'item_0', 'generate'].join('.') };

it('replays the task and charges nothing', async () => {
	const first = await client.create({}, header);
	expect(first.headers.get('idempotency-replayed')).toBeNull();
	const { id } = await json<TaskJson>(first, 200);
	const second = await client.create({}, header);
	expect(second.headers.get('idempotency-replayed')).toBe('true');
	expect((await json<TaskJson>(second, 200)).id).toBe(id);
	expect(sandbox.evolink.tasks(client.key)).toHaveLength(1);
	expect(sandbox.evolink.tasks(client.key)[0]).toMatchObject({
		idempotencyKey: header['idempotency-key'],
	});
	expect(sandbox.evolink.ledger(client.key).reserved).toBe(1.4144);
});

it('lets a replay wait for a create that is still being handled', async () => {
	const image = await (await photo(512, 512)).png().toBuffer();
	const body = { image_urls: Array(5).fill(await client.upload(image)) };
	const answers = await Promise.all(
		Array.from({ length: 4 }, async () => await client.create(body, header)),
	);
	const tasks = await Promise.all(answers.map(async (answer) => await json<TaskJson>(answer, 200)));
	expect(new Set(tasks.map(({ id }) => id)).size).toBe(1);
	const replayed = answers.filter((answer) => answer.headers.has('idempotency-replayed'));
	expect(replayed).toHaveLength(3);
});

it('forgets a create that was refused', async () => {
	await json<ErrorJson>(await client.create({ n: 3 }, header), 400);
	const answer = await client.create({ n: 2 }, header);
	expect(answer.headers.has('idempotency-replayed')).toBe(false);
	await json<TaskJson>(answer, 200);
});

it('refuses another body under the same key, also while the first is still being handled', async () => {
	const [first, second] = await Promise.all([
		client.create({}, header),
		client.create({ n: 2 }, header),
	]);
	await json<TaskJson>(first, 200);
	const { error } = await json<ErrorJson>(second, 409);
	expect(error.code).toBe('idempotency_conflict');
	const later = await json<ErrorJson>(await client.create({ prompt: 'Another' }, header), 409);
	expect(later.error.code).toBe('idempotency_conflict');
	expect(sandbox.evolink.tasks(client.key)).toHaveLength(1);
});

it('takes the same body in another order for the same', async () => {
	const { id } = await client.created({ n: 1, size: '1:1' }, header);
	const text = JSON.stringify({
		size: '1:1',
		prompt: 'A quiet harbour',
		n: 1,
		model: 'gpt-4o-image',
	});
	const answer = await client.post('/v1/images/generations', text, header);
	expect((await json<TaskJson>(answer, 200)).id).toBe(id);
});

it('keeps the keys of different API keys apart', async () => {
	const first = await client.created({}, header);
	const second = await new Client(sandbox).created({}, header);
	expect(second.id).not.toBe(first.id);
});

it.each(['short', 'x'.repeat(97), 'with a space in it', 'slash/slash/slash'])(
	'refuses the key %j',
	async (key) => {
		const answer = await client.create({}, { 'idempotency-key': key });
		const { error } = await json<ErrorJson>(answer, 400);
		expect(error.code).toBe('invalid_idempotency_key');
	},
);

it('finds the task again after paid_outcome_unknown', async () => {
	const body = { prompt: 'x [sandbox: paid-outcome-unknown]' };
	const { error } = await json<ErrorJson>(await client.create(body, header), 500);
	expect(error.code).toBe('paid_outcome_unknown');
	const [made] = sandbox.evolink.tasks(client.key);
	const replay = await client.create(body, header);
	expect(replay.headers.get('idempotency-replayed')).toBe('true');
	expect((await json<TaskJson>(replay, 200)).id).toBe(made?.id);
});
