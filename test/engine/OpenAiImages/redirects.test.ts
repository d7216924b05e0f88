// The key stays with OpenAI: whatever request is redirected to another host, nothing of it arrives there.
import { OpenAiImages } from '../../../nodes/OpenAiImages/OpenAiImages.node';
import type { OpenAIFaults } from '../../../sandbox/openai/faults';
import { picture, type InputFile } from '../EvoLink/pictures';
import { deliver, eventBody, finishedTask } from './delivering';
import { onBatch, onTask, startBatch, startTask } from './ordering';
import { startBench, until, type Bench, type RunWith } from './setup';
import { startStranger, type Stranger } from './strangers';
import { routesOf, SMALL, spentBy } from './traffic';

let bench: Bench;
let stranger: Stranger;
let file: InputFile;
beforeAll(async () => {
	bench = await startBench();
	stranger = await startStranger();
	file = await picture('png', { width: 1024, height: 1024 });
});
afterAll(async () => {
	await bench.close();
	await stranger.close();
});
beforeEach(() => void stranger.requests.splice(0));

test('the other host would notice', async () => {
	await fetch(`${stranger.url}/here`, { headers: { 'x-test': '1' } });
	expect(stranger.requests).toMatchObject([{ path: '/here', headers: { 'x-test': '1' } }]);
});

const INPUT = { images: [{ source: 'binary', binaryPropertyName: 'data' }] };
const ORIGIN = /redirect to http:\/\/127\.0\.0\.1:\d+ \(HTTP 30\d\)/;
const CREDENTIAL = { organizationId: 'org-of-mine', projectId: 'proj_of_mine' };

type Job = (key: string, redirect: () => void) => Promise<{ error?: { message: string } }>;

/** Each kind of request, and which of the sandbox's faults reaches it. */
const REQUESTS: Array<[what: string, fault: 'any' | 'create' | 'upload' | 'content', job: Job]> = [
	[
		'a generation',
		'create',
		async (key, redirect) => {
			redirect();
			return await run('image/generate', SMALL, { key });
		},
	],
	[
		'a streamed generation',
		'create',
		async (key, redirect) => {
			redirect();
			return await run('image/generate', { ...SMALL, options: { stream: true } }, { key });
		},
	],
	[
		'an edit, sent as a form',
		'create',
		async (key, redirect) => {
			redirect();
			const items = [{ binary: { data: file } }];
			return await run('image/edit', { ...SMALL, inputImages: INPUT }, { key, items });
		},
	],
	[
		'a variation',
		'create',
		async (key, redirect) => {
			bench.sandbox.openai.setFaults(key, { alive: ['dall-e-2'] });
			redirect();
			const items = [{ binary: { data: file } }];
			return await run('image/vary', { inputImages: INPUT }, { key, items });
		},
	],
	[
		'a question',
		'create',
		async (key, redirect) => {
			redirect();
			return await run('image/analyze', { text: 'Hello' }, { key });
		},
	],
	[
		'a background task',
		'create',
		async (key, redirect) => {
			redirect();
			return await run('image/generate', { ...SMALL, completion: 'return' }, { key });
		},
	],
	[
		'the upload of a picture',
		'upload',
		async (key, redirect) => {
			redirect();
			const items = [{ binary: { data: file } }];
			const parameters = { ...SMALL, inputImages: INPUT, completion: 'return' };
			return await run('image/edit', parameters, { key, items });
		},
	],
	[
		'a look at a task',
		'any',
		async (key, redirect) => {
			const { id } = await startTask(bench, 'A boat', {}, { key });
			redirect();
			return await run('task/get', { taskId: id }, { key });
		},
	],
	[
		'a wait for a task',
		'any',
		async (key, redirect) => {
			const { id } = await startTask(bench, 'A boat', {}, { key });
			redirect();
			return await run('task/wait', { taskId: id }, { key });
		},
	],
	[
		'a cancel',
		'any',
		async (key, redirect) => {
			const { id } = await startTask(bench, 'A boat [sandbox: never]', {}, { key });
			redirect();
			return await run('task/cancel', { taskId: id }, { key });
		},
	],
	[
		'the upload of a batch',
		'upload',
		async (key, redirect) => {
			redirect();
			return await run('batch/create', SMALL, { key });
		},
	],
	[
		'a batch',
		'create',
		async (key, redirect) => {
			redirect();
			return await run('batch/create', SMALL, { key });
		},
	],
	[
		'a look at a batch',
		'any',
		async (key, redirect) => {
			const { id } = await startBatch(bench, ['One'], {}, { key });
			redirect();
			return await run('batch/get', { batchId: id }, { key });
		},
	],
	[
		'the results of a batch',
		'content',
		async (key, redirect) => {
			const { id } = await startBatch(bench, ['One'], {}, { key });
			bench.sandbox.openai.finishBatch(id);
			await onBatch(bench, 'get', key, id);
			redirect();
			return await run('batch/getResults', { batchId: id }, { key });
		},
	],
	[
		'the cancel of a batch',
		'any',
		async (key, redirect) => {
			bench.sandbox.openai.setFaults(key, { never: true });
			const { id } = await startBatch(bench, ['One'], {}, { key });
			redirect();
			return await run('batch/cancel', { batchId: id }, { key });
		},
	],
	[
		'the list of models',
		'any',
		async (key, redirect) => {
			redirect();
			const { baseUrl } = bench.sandbox.openai;
			const search = bench.engine.listSearch({
				node: new OpenAiImages(),
				credentials: { openAiImagesApi: { apiKey: key, baseUrl, ...CREDENTIAL } },
				method: 'searchImageModels',
			});
			return await search.then(
				() => ({}),
				(error: Error) => ({ error }),
			);
		},
	],
	[
		'a webhook endpoint that is made',
		'any',
		async (key, redirect) => {
			redirect();
			const trigger = await bench.trigger(key, {}, { credential: CREDENTIAL });
			return await trigger.activate().then(
				() => ({}),
				(error: Error) => ({ error }),
			);
		},
	],
	[
		'a webhook endpoint that is looked at',
		'any',
		async (key, redirect) => {
			const trigger = await bench.trigger(key, {}, { credential: CREDENTIAL });
			await trigger.activate();
			redirect();
			return await trigger.activate().then(
				() => ({}),
				(error: Error) => ({ error }),
			);
		},
	],
	[
		'a webhook endpoint that is deleted',
		'any',
		async (key, redirect) => {
			const trigger = await bench.trigger(key, {}, { credential: CREDENTIAL });
			await trigger.activate();
			redirect();
			return await trigger.deactivate().then(
				() => ({}),
				(error: Error) => ({ error }),
			);
		},
	],
	[
		'a task that a webhook speaks of',
		'any',
		async (key, redirect) => {
			return await afterEvent(key, redirect, 'response.completed', await finishedTask(bench, key));
		},
	],
	[
		'a batch that a webhook speaks of',
		'any',
		async (key, redirect) => {
			const { id } = await startBatch(bench, ['One'], {}, { key });
			return await afterEvent(key, redirect, 'batch.completed', id);
		},
	],
];

async function run(operation: string, parameters: object, options: RunWith) {
	return await bench.run(operation, { ...parameters }, { ...options, credential: CREDENTIAL });
}

/** What a workflow is told that an event starts. */
async function afterEvent(key: string, redirect: () => void, type: string, id: string) {
	const trigger = await bench.trigger(key, {}, { credential: CREDENTIAL });
	await trigger.activate();
	const { secret } = bench.sandbox.openai.webhookEndpoints(key).at(-1)!;
	redirect();
	await deliver(trigger.url, eventBody(type, id), { secrets: [secret] });
	const [item] = await until(() => trigger.started[0]);
	return { error: { message: String(item!.json.fetchError) } };
}

describe.each(REQUESTS)('%s', (_what, fault, job) => {
	test.each([301, 302, 303, 307, 308])('answered by %i', async (status) => {
		const key = bench.addKey();
		const location = `${stranger.url}/v1/elsewhere?x=1`;
		const redirect = () => {
			const faults: OpenAIFaults =
				fault === 'content' ? { content: { location } } : { [fault]: { status, location } };
			bench.sandbox.openai.setFaults(key, { alive: ['dall-e-2'], ...faults });
		};
		const { error } = await job(key, redirect);
		expect(stranger.requests).toEqual([]);
		expect(error?.message).toMatch(ORIGIN);
		expect(error?.message).not.toContain('elsewhere');
	});
});

describe('within the same origin', () => {
	test('a GET is followed', async () => {
		const { key, id } = await startTask(bench, 'A boat');
		const location = `/openai/v1/responses/${id}`;
		for (const status of [301, 302, 303, 307, 308]) {
			bench.sandbox.openai.setFaults(key, { poll: { status, location, times: 1 } });
			const run = await onTask(bench, 'get', key, id);
			expect(run.error).toBeUndefined();
			expect(run.items[0]!.json.taskId).toBe(id);
		}
	});

	test.each([307, 308])('a POST that stays one is followed by %i', async (status) => {
		const location = '/openai/v1/images/generations';
		const account = { faults: { create: { status, location, times: 1 } } };
		const run = await bench.run('image/generate', SMALL, { account });
		expect(run.error).toBeUndefined();
		expect(run.items).toHaveLength(1);
		expect(routesOf(bench, run.key)).toHaveLength(2);
		expect(spentBy(bench, run.key).images).toBe(1);
	});

	test.each([301, 302, 303])('a POST that would become a GET is not (%i)', async (status) => {
		const location = '/openai/v1/images/generations';
		const account = { faults: { create: { status, location } } };
		const run = await bench.run('image/generate', SMALL, { account });
		expect(run.error?.message).toContain('answered with a redirect to http');
		expect(routesOf(bench, run.key)).toHaveLength(1);
	});

	test('an upload is not', async () => {
		const location = '/openai/v1/images/edits';
		const account = { faults: { create: { status: 307, location } } };
		const items = [{ binary: { data: file } }];
		const run = await bench.run('image/edit', { ...SMALL, inputImages: INPUT }, { account, items });
		expect(run.error?.message).toContain('answered with a redirect to http');
		expect(routesOf(bench, run.key)).toEqual(['POST /images/edits']);
	});

	test('a circle ends', async () => {
		const { key, id } = await startTask(bench, 'A boat');
		const location = `/openai/v1/responses/${id}`;
		bench.sandbox.openai.setFaults(key, { poll: { status: 302, location } });
		const run = await onTask(bench, 'get', key, id);
		expect(run.error?.message).toContain('answered with a redirect to http');
	});
});
