// Retry On Fail with odd answers: whatever may have been made and charged is asked for once.
import { startBench, type Bench } from './setup';

type Faults = NonNullable<
	NonNullable<NonNullable<Parameters<Bench['run']>[2]>['account']>['faults']
>;

let bench: Bench;
beforeAll(async () => {
	bench = await startBench();
});
afterAll(async () => await bench.close());

const odd = (name: string): Faults => ({ create: { status: 200, odd: name } });

async function generate(faults: Faults) {
	const run = await bench.run(
		'generate',
		{},
		{ account: { faults }, retryOnFail: { maxTries: 3 } },
	);
	const creates = bench.sandbox.requests.filter(
		({ key, method }) => key === run.key && method === 'POST',
	);
	return { run, creates };
}

test.each<[what: string, faults: Faults]>([
	['a dead link beside a good picture', { shape: 'g', as: 'data', ...odd('dead-link') }],
	['a dead link beside a good link', { shape: 'g', ...odd('dead-link') }],
	['a data URI in capitals', { shape: 'g', as: 'data', ...odd('data-uri') }],
	['line breaks in base64', { shape: 'a', as: 'data', ...odd('line-breaks') }],
	['a path as link', { shape: 'g', ...odd('relative-link') }],
	['a source', { shape: 'h' }],
	['inlineData', { shape: 'i' }],
	['b64_json as a part', { shape: 'j' }],
	['output_image', { shape: 'k' }],
	['images alone', { shape: 'l' }],
	['bare base64', { shape: 'm' }],
	['JSON as text', { shape: 'n' }],
	['data on the next line', { stream: true, ...odd('next-line') }],
	['a second picture that is cut', { shape: 'f', stream: true, images: 2, ...odd('cut-stream') }],
	['a byte order mark', odd('bom')],
	['entries that are nothing', { shape: 'g', ...odd('null-entries') }],
	['an odd revised prompt', { shape: 'g', ...odd('odd-prompt') }],
	['a list alone', { shape: 'g', ...odd('list') }],
	['a time in microseconds', odd('micro-time')],
])('%s: created once, and the picture comes out', async (_what, faults) => {
	const { run, creates } = await generate(faults);
	expect(run.error).toBeUndefined();
	expect(run.items.length).toBeGreaterThan(0);
	expect(creates).toHaveLength(1);
});

test.each<[what: string, faults: Faults]>([
	['a stream that ends in the middle', { shape: 'f', stream: true, ...odd('cut-stream') }],
	['a stream that ends in the head of a picture', { stream: true, ...odd('cut-head') }],
	['a picture that is cut', { shape: 'a', cutUri: true }],
	['a bare picture that is cut', { shape: 'm', cutUri: true }],
	['no picture and no word', odd('no-image')],
	['an empty list', { shape: 'g', ...odd('no-image') }],
	['an empty base64', { shape: 'g', as: 'data', ...odd('empty-base64') }],
	['a text in the place of a picture', { refuse: true }],
	['a log without a picture', { shape: 'c' }],
	['a web page', { create: { status: 200, body: 'html', afterEffect: true } }],
	['half of the JSON', { create: { status: 200, body: 'cut' } }],
	['503 without a word', { create: { status: 503, body: 'html', afterEffect: true } }],
	[
		'503 with no code',
		{ create: { status: 503, text: '{"error":{"message":"Down"}}', afterEffect: true } },
	],
	['408 after the work', { create: { status: 408, afterEffect: true } }],
	['499 after the work', { create: { status: 499, body: 'html', afterEffect: true } }],
	['524 after the work', { create: { status: 524, body: 'html', afterEffect: true } }],
	[
		'502 in a body with 200',
		{
			create: {
				status: 200,
				text: '{"error":{"code":502,"message":"Upstream"}}',
				afterEffect: true,
			},
		},
	],
])('%s: created once, as it may have been charged', async (_what, faults) => {
	const { run, creates } = await generate(faults);
	expect(run.error).toBeDefined();
	expect(run.error?.description).toMatch(/charged/);
	expect(creates).toHaveLength(1);
});

test.each<[what: string, create: Faults['create']]>([
	[
		'429 in a body with 200',
		{ status: 200, times: 2, text: '{"error":{"code":429,"message":"Slow down"}}' },
	],
	['503 with the code of a busy gateway', { status: 503, times: 2 }],
	[
		'529 of an overloaded one',
		{ status: 529, times: 2, text: '{"error":{"type":"overloaded_error","message":"Overloaded"}}' },
	],
])('%s says that it was not taken: it is asked for again, and paid once', async (_what, create) => {
	const { run, creates } = await generate({ create });
	expect(run.error).toBeUndefined();
	expect(run.calls).toHaveLength(1);
	expect(creates).toHaveLength(3);
});
