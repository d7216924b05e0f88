// The keys of fal's webhooks: fetched once, again when they change, and no delivery is lost while they can't be had.
import { modelById, startBench, until, type Bench } from './setup';

const MODEL = 'fal-ai/flux/dev';
/** Not so soon after they were fetched, a key that isn't among them may be a new one. */
const LATER_MILLISECONDS = 61_000;
const A_DAY_MILLISECONDS = 24 * 60 * 60 * 1000;

const now = Date.now.bind(Date);
let passed = 0;
let bench: Bench;
beforeAll(async () => {
	bench = await startBench();
});
afterAll(async () => {
	jest.restoreAllMocks();
	await bench.close();
});

const keysAsked = () =>
	bench.sandbox.requests.filter(({ path }) => path.endsWith('/.well-known/jwks.json')).length;
const statusesOf = (id: string) =>
	bench.sandbox.fal
		.deliveries()
		.filter(({ taskId }) => taskId === id)
		.map(({ status }) => status);

async function listeningWith(key: string) {
	const listening = await bench.trigger(key);
	await listening.activate();
	const order = async (prompt: string) => {
		const run = await bench.run(
			'image/generate',
			{ model: modelById(MODEL), prompt, completion: 'return', callbackUrl: listening.url },
			{ key },
		);
		expect(run.error).toBeUndefined();
		return bench.sandbox.fal.tasks(key).at(-1)!.id;
	};
	return { ...listening, started: listening.started, order };
}

/** The clock of all of us, fal's too, some time later. It never goes back, so that no keys come from the future. */
function passTime(milliseconds: number): void {
	passed += milliseconds;
	jest.spyOn(Date, 'now').mockImplementation(() => now() + passed);
}

test('a delivery that comes while the keys can not be had is asked for again, and then starts the workflow', async () => {
	const { fal } = bench.sandbox;
	const listening = await listeningWith(fal.addKey());

	fal.setJwksStatus(503);
	const first = await listening.order('A boat');
	expect(await until(() => statusesOf(first)[0])).toBe(503);
	expect(listening.started).toEqual([]);
	fal.setJwksStatus();
	await until(() => listening.started[0]);
	const asked = keysAsked();

	// From here on the keys are kept.
	await listening.order('A kite');
	await until(() => listening.started[1]);
	expect(keysAsked()).toBe(asked);
	await listening.deactivate();
});

test.each([
	['with the old one still published', {}],
	['with the old one gone', { forget: true }],
])('a new key is asked for, %s', async (_what, rotation) => {
	const { fal } = bench.sandbox;
	const listening = await listeningWith(fal.addKey());
	await listening.order('A boat');
	await until(() => listening.started[0]);
	const asked = keysAsked();

	fal.rotateKeys(rotation);
	passTime(LATER_MILLISECONDS);
	const second = await listening.order('A kite');
	await until(() => listening.started[1]);
	expect(statusesOf(second)).toEqual([200]);
	expect(keysAsked()).toBe(asked + 1);
	await listening.deactivate();
});

test('a delivery with a new key that comes too soon to ask for it is refused, and starts the workflow when it is repeated', async () => {
	const { fal } = bench.sandbox;
	const listening = await listeningWith(fal.addKey());
	// So that the keys are fetched now, and none are left from before.
	passTime(A_DAY_MILLISECONDS);
	await listening.order('A boat');
	await until(() => listening.started[0]);
	const asked = keysAsked();

	fal.rotateKeys();
	const second = await listening.order('A kite');
	expect(await until(() => statusesOf(second)[0])).toBe(401);
	expect(keysAsked()).toBe(asked);
	passTime(LATER_MILLISECONDS);
	await until(() => listening.started[1]);
	expect(keysAsked()).toBe(asked + 1);
	await listening.deactivate();
});

test('keys are kept for a day, and no longer', async () => {
	const { fal } = bench.sandbox;
	const listening = await listeningWith(fal.addKey());
	passTime(A_DAY_MILLISECONDS);
	await listening.order('A boat');
	await until(() => listening.started[0]);
	const asked = keysAsked();

	passTime(A_DAY_MILLISECONDS - LATER_MILLISECONDS);
	await listening.order('A kite');
	await until(() => listening.started[1]);
	expect(keysAsked()).toBe(asked);

	passTime(LATER_MILLISECONDS);
	await listening.order('A raft');
	await until(() => listening.started[2]);
	expect(keysAsked()).toBe(asked + 1);
	await listening.deactivate();
});

test('a delivery with a new key that can not be had yet is asked for again, and then starts the workflow', async () => {
	const { fal } = bench.sandbox;
	const listening = await listeningWith(fal.addKey());
	await listening.order('A boat');
	await until(() => listening.started[0]);

	fal.rotateKeys();
	fal.setJwksStatus(503);
	passTime(LATER_MILLISECONDS * 2);
	const second = await listening.order('A kite');
	expect(await until(() => statusesOf(second)[0])).toBe(503);
	fal.setJwksStatus();
	await until(() => listening.started[1]);
	await listening.deactivate();
});
