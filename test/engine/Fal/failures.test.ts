// What goes wrong at fal: told in its words, paid once, and never ordered a second time in doubt.
import { otherServers } from '../support';
import { modelById, startBench, type Bench } from './setup';

let bench: Bench;
beforeAll(async () => {
	bench = await startBench();
});
afterAll(async () => await bench.close());

const MODEL = 'fal-ai/flux/dev';
const draw = async (
	prompt: string,
	options: Parameters<Bench['run']>[2] = {},
	parameters: object = {},
) =>
	await bench.run(
		'image/generate',
		{ model: modelById(MODEL), prompt, options: { output: 'link' }, ...parameters },
		options,
	);
const tasksOf = (key: string) => bench.sandbox.fal.tasks(key);
const createsOf = (key: string) =>
	bench.requestsOf(key).filter((each) => /^POST .*\/fal-queue\//.test(each));

test.each<[string, string, RegExp, RegExp]>([
	[
		'a refusal',
		'A cat [sandbox: fail=content_policy_violation]',
		/^fal: prompt: /,
		/sent again unchanged, they will be refused again/,
	],
	[
		'one told as text',
		'A cat [sandbox: fail=content_policy_violation, detail=text]',
		/^fal: [^[]+$/,
		/./,
	],
	[
		'a fault of its own',
		'A cat [sandbox: fail=generation_timeout]',
		/^fal: /,
		/has charged nothing/,
	],
	[
		'a worker that crashed',
		'A cat [sandbox: fail=runner_server_error]',
		/^fal: /,
		/has charged nothing/,
	],
	['nothing made', 'A cat [sandbox: fail=no_media_generated]', /^fal: /, /Change the Prompt/],
	[
		'a refusal that was paid',
		'A cat [sandbox: fail=content_policy_violation, paid-failure]',
		/^fal: prompt: /,
		/^fal has charged \$0\.025 for this task\. /,
	],
])('a failure that comes as an end is one: %s', async (_what, prompt, message, advice) => {
	const run = await draw(prompt);
	expect(run.error?.message).toMatch(message);
	expect(run.error?.message).not.toContain('[object');
	expect(run.error?.description).toMatch(advice);
	expect(run.error?.description).toContain(`${MODEL}/requests/${tasksOf(run.key)[0]!.id}`);
	expect(createsOf(run.key)).toHaveLength(1);
});

test.each([
	['was free is ordered anew', '', 3],
	['was paid is not ordered a second time', ', paid-failure', 1],
])('by Retry On Fail, a task that failed and %s', async (_what, charge, orders) => {
	const prompt = `A cat [sandbox: fail=generation_timeout${charge}]`;
	const run = await draw(prompt, { retryOnFail: { maxTries: 3 } });
	const ids = tasksOf(run.key).map(({ id }) => id);
	const named = ids.filter((id) => run.error?.description?.includes(`${MODEL}/requests/${id}`));
	expect(named).toEqual(ids.slice(-1));
	expect(createsOf(run.key)).toHaveLength(orders);
	const tellsHowElse = /For a new task, start the workflow anew/.test(run.error?.description ?? '');
	expect(tellsHowElse).toBe(orders === 1);
});

test('a black image is a refusal that was paid, and says so', async () => {
	const run = await draw('A cat [sandbox: black]');
	expect(run.error?.message).toBe(
		"fal's safety check has painted an image black. It is charged all the same. The task cost $0.025.",
	);
	expect(run.error?.description).toContain('Change the Prompt');
	expect(bench.sandbox.fal.ledger(run.key).charged).toBe(0.025);
});

test('a black image takes the others not with it', async () => {
	const run = await draw('A cat [sandbox: black=0]', {}, { numberOfImages: 3 });
	expect(run.error).toBeUndefined();
	expect(run.items).toHaveLength(2);
	expect(run.hints.map(({ message }) => message).join()).toContain(
		"Only 2 of 3 images of item 0 arrived. fal's safety check has painted an image black. It is charged all the same.",
	);
});

test.each([
	['a wrong key', { key: 'wrong:key' }, /check the API Key/, 'auth'],
	[
		'an empty balance',
		{ account: { credits: 0 } },
		/Top up at fal\.ai\/dashboard\/billing/,
		'balance',
	],
])('%s is told as that, and nothing is made', async (_what, options, advice, kind) => {
	const run = await draw('A cat', options);
	expect(run.error?.description).toMatch(advice);
	const continued = await draw('A cat', { ...options, onError: 'continueRegularOutput' });
	expect(continued.items[0]?.json.kind ?? kind).toBe(kind);
	expect(tasksOf(run.key).filter(({ status }) => status === 'succeeded')).toEqual([]);
});

test('a key without its second part is refused before anything is sent', async () => {
	const run = await draw('A cat', { key: 'half-a-key' });
	expect(run.error?.message).toContain('two parts with a colon');
});

test('a model that fal does not have is told as that', async () => {
	const run = await draw('A cat', {}, { model: modelById('fal-ai/no-such-model') });
	expect(run.error?.description).toContain('Choose a model from the list');
});

test('what is no model is refused before anything is sent', async () => {
	const run = await draw('A cat', {}, { model: modelById('flux') });
	expect(run.error?.message).toBe('"flux" isn\'t the ID of a model at fal.');
	expect(bench.requestsOf(run.key)).toEqual([]);
});

test.each([
	['a 503', { status: 503 }],
	['a 503 that names a time to come back', { status: 503, retryAfter: 0 }],
	['a 502', { status: 502, body: 'html' as const }],
	['a connection that broke', { status: 500, body: 'reset' as const, afterEffect: true }],
])('a create is not repeated after %s', async (_what, create) => {
	const run = await draw('A cat', {
		account: { faults: { create } },
		retryOnFail: { maxTries: 3 },
	});
	expect(run.error?.description).toContain('fal.ai/dashboard');
	expect(createsOf(run.key)).toHaveLength(1);
});

test('a create is sent again when fal says that there are too many', async () => {
	const run = await draw('A cat', {
		account: { faults: { create: { status: 429, retryAfter: 0, times: 2 } } },
	});
	expect(run.error).toBeUndefined();
	expect(createsOf(run.key)).toHaveLength(3);
	expect(tasksOf(run.key)).toHaveLength(1);
});

test.each([
	['the status', { poll: { status: 503, times: 2 } }],
	['the result', { result: { status: 503, times: 2 } }],
	['the result, through a proxy', { result: { status: 502, body: 'html' as const, times: 2 } }],
])('%s that can not be told now is asked for again', async (_what, faults) => {
	const run = await draw('A cat', { account: { faults } });
	expect(run.error).toBeUndefined();
	expect(run.items).toMatchObject([{ json: { status: 'succeeded' } }]);
	expect(createsOf(run.key)).toHaveLength(1);
});

test.each([
	['foreign-host'],
	['sub-path'],
	['no-urls'],
	['no-status'],
	['status-202'],
	['cut-after-id'],
])(
	'a create that is answered as "%s" is followed at the own address, with the key',
	async (odd) => {
		const run = await draw('A cat', { account: { faults: { create: { status: 200, odd } } } });
		expect(run.error).toBeUndefined();
		expect(run.items).toMatchObject([{ json: { status: 'succeeded' } }]);
		expect(createsOf(run.key)).toHaveLength(1);
	},
);

test.each([
	'one-image',
	'null-entry',
	'url-list',
	'bare-url',
	'other-name',
	'url-only',
	'data-uri',
])('a result in the form "%s" is read', async (odd) => {
	const run = await draw('A cat', { account: { faults: { result: { status: 200, odd } } } });
	expect(run.error).toBeUndefined();
	expect(run.items[0]!.json.status).toBe('succeeded');
});

test('an input image of 60 MB is refused before it is sent', async () => {
	const png = Buffer.concat([
		Buffer.from(
			'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
			'base64',
		),
		Buffer.alloc(60 * 1024 * 1024),
	]);
	const run = await bench.run(
		'image/edit',
		{ model: modelById('fal-ai/flux-2/edit') },
		{ items: [{ binary: { data: { content: png, mimeType: 'image/png' } } }] },
	);
	expect(run.error?.message).toMatch(/50 MB/);
	expect(bench.sandbox.fal.uploads(run.key)).toEqual([]);
});

test('a catalogue that never answers takes no longer than the Time Limit, and nothing is ordered', async () => {
	const servers = otherServers();
	const apiBaseUrl = await servers.listen((request) => request.resume());
	const parameters = { options: { timeLimitSeconds: 2 } };
	const run = await draw('A cat', { credential: { apiBaseUrl } }, parameters);
	servers.close();
	expect(run.error?.message).toContain('The Time Limit of 2 seconds was over');
	expect(bench.sandbox.fal.tasks(run.key)).toEqual([]);
});

test('a catalogue that can not be reached is no reason not to draw, and is told', async () => {
	const run = await draw('A cat', { credential: { apiBaseUrl: 'http://127.0.0.1:1' } });
	expect(run.error).toBeUndefined();
	expect(run.items).toMatchObject([{ json: { status: 'succeeded' } }]);
	expect(run.hints.map(({ message }) => message).join()).toContain('settings were sent unchecked');
});

test('a Catalogue Base URL that is no address is refused by its name, and nothing is ordered', async () => {
	const run = await draw('A cat', { credential: { apiBaseUrl: 'api.fal.ai/v1' } });
	expect(run.error?.message).toBe(
		'The Catalogue Base URL "api.fal.ai/v1" isn\'t a web address: https:// is missing.',
	);
	expect(bench.requestsOf(run.key)).toEqual([]);
});

test('a Test URL as Callback URL is refused where nobody tries the workflow out', async () => {
	const callbackUrl = 'https://n8n.example.com/webhook-test/1/x';
	const parameters = { model: modelById('fal-ai/flux/dev'), completion: 'return', callbackUrl };
	const run = await bench.run('image/generate', parameters);
	expect(run.error?.message).toContain('The Callback URL is a Test URL');
	expect(run.error?.description).toContain('copy its Production URL');
	expect(run.items).toEqual([]);
});

test.each([
	['a page', 'text/html', '<!doctype html><title>Not Found</title>'],
	['JSON', 'application/json', '{"detail":"Not Found"}'],
])('the Base URL of another server, which answers with 404 and %s', async (_what, type, text) => {
	const { listen, close } = otherServers();
	const baseUrl = await listen((_request, response) => {
		response.writeHead(404, { 'content-type': type }).end(text);
	});
	const run = await draw('A cat', { credential: { baseUrl } }, { completion: 'return' });
	expect(run.error?.description).toMatch(
		/^Check the Base URL in the credential, and the Model\.$/m,
	);
	close();
});
