// A task's life: status, results, the credits it costs, and the ways to look it up.
import sharp from 'sharp';
import { fetch } from 'undici';
import { type Sandbox, startSandbox } from '../../../../sandbox';
import { download, json, photo, until } from '../support';
import { Client, type ErrorJson, type TaskJson } from './support';

let sandbox: Sandbox;
let client: Client;

beforeAll(async () => (sandbox = await startSandbox({ pace: 0.05 })));
afterAll(async () => await sandbox.close());
beforeEach(() => (client = new Client(sandbox)));

const PER_IMAGE = 1.4144;

describe('a task', () => {
	it('answers in the stated shape and completes by itself', async () => {
		const task = await client.created({ n: 2 });
		expect(task).toMatchObject({
			model: 'gpt-4o-image',
			object: 'image.generation.task',
			progress: 0,
			status: 'pending',
			type: 'image',
			task_info: { can_cancel: true },
			usage: { billing_rule: 'per_call', credits_reserved: 2 * PER_IMAGE, user_group: 'default' },
		});
		expect(task.id).toMatch(/^task-unified-\d+-\w+$/);
		await until(() => sandbox.evolink.tasks(client.key)[0]?.status === 'completed');
		const done = await client.task(task.id);
		expect(done).toMatchObject({ status: 'completed', progress: 100 });
		expect(done.usage).toEqual({
			billing_rule: 'per_call',
			credits_reserved: 2 * PER_IMAGE,
			credits_used: 2 * PER_IMAGE,
			estimated_cost: 0.0416,
			user_group: 'default',
		});
		expect(done.result_data).toEqual(done.results?.map((url) => ({ image_url: url })));
		expect(done.results).toHaveLength(2);
		const [first, second] = await Promise.all((done.results ?? []).map(download));
		expect(first?.equals(second ?? Buffer.alloc(0))).toBe(false);
	});

	it('stays in progress until its time has come', async () => {
		const { id } = await client.created({ prompt: 'Slow [sandbox: seconds=3600]' });
		const task = await client.task(id);
		expect(task.task_info.estimated_time).toBe(3600);
		expect(task.results).toBeUndefined();
		expect(task.usage.credits_used).toBeUndefined();
	});

	it('never ends when told so, except by hand', async () => {
		const { id } = await client.created({ prompt: 'x [sandbox: never, seconds=0]' });
		expect((await client.task(id)).status).toBe('processing');
		sandbox.evolink.finishTask(id);
		expect((await client.task(id)).status).toBe('completed');
	});

	it('is remembered with the time at which it ended', async () => {
		const before = Date.now();
		await client.created({ prompt: 'x [sandbox: never]' });
		await client.finished();
		const [open, ended] = sandbox.evolink.tasks(client.key);
		expect(open).not.toHaveProperty('endedAt');
		expect(ended?.endedAt).toBeGreaterThanOrEqual(before);
		expect(ended?.endedAt).toBeLessThanOrEqual(Date.now());
	});

	it('gives the picture that its words give to every task', async () => {
		const tasks = [await client.finished(), await client.finished()];
		const [first, second] = await Promise.all(
			tasks.map(async ({ results }) => await download(String(results?.[0]))),
		);
		expect(first?.equals(second ?? Buffer.alloc(0))).toBe(true);
	});

	it('is not seen by another key', async () => {
		const { id } = await client.created();
		const stranger = new Client(sandbox);
		const { error } = await json<ErrorJson>(await stranger.get(`/v1/tasks/${id}`), 404);
		expect(error.code).toBe('task_not_found');
	});

	it('has pictures of another size than asked for when told to', async () => {
		const body = { size: '1:1', prompt: 'x [sandbox: drawn-size=64x48]' };
		const { results } = await client.finished(body);
		expect(await sharp(await download(results?.[0])).metadata()).toMatchObject({
			width: 64,
			height: 48,
		});
	});

	it('has links that end', async () => {
		const { results } = await client.finished({ prompt: 'x [sandbox: link-lifetime=0]' });
		expect((await fetch(String(results?.[0]))).status).toBe(410);
	});

	it('has links that end when the sandbox is told to let them', async () => {
		const { results } = await client.finished({});
		expect((await fetch(String(results?.[0]))).status).toBe(200);
		sandbox.evolink.expireLinks();
		expect((await fetch(String(results?.[0]))).status).toBe(410);
	});

	it('has links that cannot be guessed', async () => {
		const { results } = await client.finished();
		const guess = String(results?.[0]).replace(/0-[^/]+\.png$/, '0-guess.png');
		expect((await fetch(guess)).status).toBe(404);
	});
});

describe('credits', () => {
	const ledger = () => sandbox.evolink.ledger(client.key);

	it('are reserved, then charged', async () => {
		const { id } = await client.created({ n: 4, prompt: 'x [sandbox: never]' });
		expect(ledger()).toMatchObject({ credits: 1000 - 5.6576, reserved: 5.6576, charged: 0 });
		sandbox.evolink.finishTask(id);
		sandbox.evolink.finishTask(id);
		expect(ledger()).toMatchObject({ credits: 1000 - 5.6576, reserved: 0, charged: 5.6576 });
		expect(ledger().entries.map(({ kind }) => kind)).toEqual(['grant', 'reserve', 'charge']);
	});

	it.each([
		['fail=content_policy_violation', 'failed', 'content_policy_violation'],
		['cancel', 'cancelled', undefined],
	])('come back after %s', async (directive, status, code) => {
		const task = await client.finished({ prompt: `x [sandbox: ${directive}]` });
		expect(task.status).toBe(status);
		expect(task.error?.code).toBe(code);
		expect(task.usage.credits_used).toBe(0);
		expect(task.progress).toBe(0);
		expect(task.billing).toMatchObject({ charged_credits: 0, refunded_credits: PER_IMAGE });
		expect(ledger()).toMatchObject({
			credits: 1000,
			reserved: 0,
			charged: 0,
			refunded: PER_IMAGE,
		});
	});

	it('are charged for what was made', async () => {
		const task = await client.finished({ n: 4, prompt: 'x [sandbox: fewer-images=3]' });
		expect(task.results).toHaveLength(1);
		expect(task.usage).toMatchObject({ credits_reserved: 5.6576, credits_used: PER_IMAGE });
		expect(ledger()).toMatchObject({ charged: PER_IMAGE, refunded: 4.2432, reserved: 0 });
	});

	it.each([
		// 4160 tokens at $0.036 per 1000, and two tokens of text, at 68 credits per dollar.
		[{ model: 'gpt-image-1', prompt: 'A house' }, 10.1843],
		// 7024 tokens at $0.027.
		[{ model: 'gpt-image-2', prompt: 'A house', quality: 'high' }, 12.8967],
	])('are counted in tokens for %j', async (body, credits) => {
		expect((await client.created(body)).usage.credits_reserved).toBe(credits);
	});

	it('are told with the tokens that were counted, without dollars', async () => {
		const image = await client.upload(await (await photo(64, 64)).png().toBuffer());
		const body = { model: 'gpt-image-2', prompt: 'A house', quality: 'high', image_urls: [image] };
		const { usage } = await client.finished({ ...body, size: '1024x1024' });
		expect(usage).toMatchObject({
			image_output_tokens: 7024,
			image_input_tokens: 1000,
			text_input_tokens: 2,
			total_tokens: 8026,
		});
		expect(usage).not.toHaveProperty('cost');
	});

	it.each<[string, (usage: TaskJson['usage']) => unknown, unknown]>([
		['usage-cost', ({ cost }) => cost, { credits: PER_IMAGE, usd: 0.0208 }],
		[
			'thousand-credits',
			(usage) => [usage.credits_used?.toFixed(1), usage.estimated_cost],
			['20.8', 0.0208],
		],
		['zero-usage', (usage) => [usage.credits_used, usage.cost], [0, { credits: 0, usd: 0 }]],
		['no-estimate', ({ estimated_cost }) => estimated_cost, undefined],
	])('are told otherwise with odd=%s', async (odd, read, expected) => {
		const prompt = `x [sandbox: poll=200 odd=${odd}]`;
		expect(read((await client.finished({ prompt })).usage)).toEqual(expected);
	});

	it('are told by the balance', async () => {
		await client.finished();
		const body = await json<object>(await client.get('/v1/credits'), 200);
		const balance = { remaining_credits: 1000 - PER_IMAGE, used_credits: PER_IMAGE };
		expect(body).toEqual({
			data: { token: { ...balance, unlimited_credits: false }, user: balance },
			success: true,
		});
	});

	it('cannot be spent twice by requests at the same time', async () => {
		const poor = new Client(sandbox, sandbox.evolink.addKey({ credits: 2 * PER_IMAGE }));
		const answers = await Promise.all(Array.from({ length: 5 }, async () => await poor.create({})));
		expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 402, 402, 402]);
	});
});

describe('looking tasks up', () => {
	interface List {
		data: TaskJson[];
		total: number;
		page: number;
		page_size: number;
	}

	it('in a batch leaves out what is not there', async () => {
		const first = await client.created();
		const second = await client.created();
		const ids = [second.id, 'task-unknown', first.id];
		const { data } = await json<List>(await client.post('/v1/tasks/batch', { task_ids: ids }), 200);
		expect(data.map(({ id }) => id)).toEqual([second.id, first.id]);
	});

	it.each([[[]], [Array(51).fill('task')], ['task'], [undefined]])(
		'in a batch refuses %j',
		async (ids) => {
			const response = await client.post('/v1/tasks/batch', { task_ids: ids });
			expect((await json<ErrorJson>(response, 400)).error.param).toBe('task_ids');
		},
	);

	it('in the history filters and pages, newest first', async () => {
		for (const prompt of ['one', 'two', 'three']) await client.finished({ prompt });
		await client.finished({ model: 'gpt-image-2', prompt: 'x [sandbox: fail=E]' });
		const total = async (query: string) =>
			(await json<List>(await client.get(`/v1/tasks?${query}`), 200)).total;
		expect(await total('')).toBe(4);
		expect(await total('status=completed')).toBe(3);
		expect(await total('status=failed&model=gpt-image-2&type=image')).toBe(1);
		expect(await total('type=video')).toBe(0);
		const page = await json<List>(await client.get('/v1/tasks?page=2&page_size=3'), 200);
		expect(page).toMatchObject({ total: 4, page: 2, page_size: 3 });
		expect(page.data[0]?.id).toBe(sandbox.evolink.tasks(client.key)[0]?.id);
	});

	it.each(['page=0', 'page_size=101', 'status=done', 'sort=asc'])(
		'in the history refuses %s',
		async (query) => {
			const { error } = await json<ErrorJson>(await client.get(`/v1/tasks?${query}`), 400);
			expect(error.param).toBe(query.split('=')[0]);
		},
	);

	it('lists the models', async () => {
		const { data } = await json<{ data: object[] }>(await client.get('/v1/models'), 200);
		expect(data).toContainEqual({ id: 'gpt-image-2' });
	});
});
