// Tasks are fetched for callbacks in few requests, whatever the batch route says, and nobody waits too long for a turn.
import { Readable } from 'node:stream';

import type { IHttpRequestOptions, IWebhookFunctions } from 'n8n-workflow';

import { pollForCallback } from '../../../../pipeline/callbacks/callbackPolls';
import type { Connection } from '../../../../pipeline/connection';
import { connect } from '../../../../pipeline/session';
import { failureIn } from '../../../../pipeline/result';
import { createEvoLink } from '../../../../providers/evolink';
import { createVirtualClock, turns as turn, type VirtualClock } from '../virtualClock';

interface Asked {
	/** The ids that one request asks for. */
	ids: string[];
	isBatch: boolean;
	answer(statusCode: number, body: object | string): void;
}

/** A provider at the other end of n8n's HTTP helper. Each request waits until the test answers it. */
function openProvider(): { connection: Connection; asked: Asked[]; clock: VirtualClock } {
	const asked: Asked[] = [];
	const helpers = {
		httpRequestWithAuthentication: async (_type: string, { url, body }: IHttpRequestOptions) =>
			await new Promise((resolve) => {
				const isBatch = url.endsWith('/batch');
				const ids = isBatch
					? (body as unknown as { task_ids: string[] }).task_ids
					: [url.slice(url.lastIndexOf('/') + 1)];
				const answer: Asked['answer'] = (statusCode, told) => {
					const text = typeof told === 'string' ? told : JSON.stringify(told);
					resolve({ statusCode, headers: {}, body: Readable.from([Buffer.from(text)]) });
				};
				asked.push({ ids, isBatch, answer });
			}),
	};
	const baseUrl = 'http://127.0.0.1';
	const context = { helpers } as unknown as IWebhookFunctions;
	const provider = createEvoLink({ baseUrl, filesBaseUrl: baseUrl });
	const clock = createVirtualClock();
	return { connection: connect(context, 'evoLinkApi', provider, [], clock), asked, clock };
}

const done = (id: string) => ({ id, status: 'completed', progress: 100, results: [] });
const ids = (count: number) => Array.from({ length: count }, (_, index) => `task-${index}`);

/** As many callbacks as ids, and what has become of each up to now. */
function lookForAll({ connection }: { connection: Connection }, trigger: string, wanted: string[]) {
	const outcomes: Array<string | undefined> = wanted.map(() => undefined);
	wanted.forEach((id, index) => {
		void pollForCallback(connection, trigger, id).then((outcome) => {
			outcomes[index] = outcome.ok ? outcome.value.status : failureIn(outcome.error)?.details.kind;
		});
	});
	return outcomes;
}

const tell = ({ ids: [id = ''], ids: all, isBatch, answer }: Asked) =>
	answer(200, isBatch ? { data: all.map(done) } : done(id));

let trigger: string;
let count = 0;
beforeEach(() => (trigger = `trigger-${count++}`));

test('tasks gather while two requests are under way, and fifty go with the next', async () => {
	const provider = openProvider();
	const outcomes = lookForAll(provider, trigger, ids(120));
	await turn();
	expect(provider.asked.map((each) => each.ids)).toEqual([['task-0'], ['task-1']]);
	for (let at = 0; at < 5; at++) {
		tell(provider.asked[at]!);
		await turn();
	}
	expect(provider.asked.map((each) => each.ids.length)).toEqual([1, 1, 50, 50, 18]);
	expect(new Set(outcomes)).toEqual(new Set(['succeeded']));
});

test('callbacks of one task share one question', async () => {
	const provider = openProvider();
	const outcomes = lookForAll(provider, trigger, Array<string>(9).fill('task-0'));
	await turn();
	expect(provider.asked).toHaveLength(1);
	tell(provider.asked[0]!);
	await turn();
	expect(outcomes).toEqual(Array(9).fill('succeeded'));
});

test.each([400, 404, 405, 422, 501])(
	'where the batch route answers %i, each task is asked for by itself, ten at a time',
	async (status) => {
		const provider = openProvider();
		const outcomes = lookForAll(provider, trigger, ids(42));
		await turn();
		for (const single of provider.asked.slice()) tell(single);
		await turn();
		const batches = provider.asked.slice(2);
		expect(batches.map(({ isBatch }) => isBatch)).toEqual([true]);
		batches[0]!.answer(status, { error: { code: 'no', message: 'No' } });
		await turn();
		expect(provider.asked).toHaveLength(3 + 10);
		for (let at = 3; at < provider.asked.length; at++) {
			tell(provider.asked[at]!);
			await turn();
		}
		expect(provider.asked).toHaveLength(3 + 40);
		expect(new Set(outcomes)).toEqual(new Set(['succeeded']));
	},
);

test.each<[string, number, object | string]>([
	['500', 500, { error: { code: 'broken', message: 'Broken' } }],
	['an error page', 502, '<html>No</html>'],
	['a web page', 200, '<html>Hello</html>'],
	['{}', 200, {}],
	['{"tasks":[]}', 200, { tasks: [] }],
	['no task at all', 200, { data: [] }],
])('a batch route that answers %s rests for a while', async (_what, status, body) => {
	const provider = openProvider();
	const outcomes = lookForAll(provider, trigger, ids(72));
	await turn();
	for (const single of provider.asked.slice()) tell(single);
	await turn();
	const [fifty, twenty] = provider.asked.slice(2);
	expect([fifty!.ids.length, twenty!.ids.length]).toEqual([50, 20]);
	fifty!.answer(status, body);
	twenty!.answer(status, body);
	await turn();
	const more = lookForAll(provider, trigger, ['more-1', 'more-2', 'more-3']);
	for (let at = 4; at < provider.asked.length; at++) {
		tell(provider.asked[at]!);
		await turn();
	}
	expect(provider.asked.filter(({ isBatch }) => isBatch)).toHaveLength(2);
	expect(provider.asked).toHaveLength(4 + 70 + 3);
	expect(new Set([...outcomes, ...more])).toEqual(new Set(['succeeded']));
});

test('a task whose request gets no answer delays no other', async () => {
	const provider = openProvider();
	const outcomes = lookForAll(provider, trigger, ids(120));
	await turn();
	for (let at = 1; at < provider.asked.length; at++) {
		tell(provider.asked[at]!);
		await turn();
	}
	expect(outcomes[0]).toBeUndefined();
	expect(new Set(outcomes.slice(1))).toEqual(new Set(['succeeded']));
	tell(provider.asked[0]!);
	await turn();
	expect(outcomes[0]).toBe('succeeded');
});

test('a provider that is down is not asked again for each task', async () => {
	const provider = openProvider();
	const outcomes = lookForAll(provider, trigger, ids(42));
	await turn();
	for (const single of provider.asked.slice()) tell(single);
	await turn();
	provider.asked[2]!.answer(503, { error: { code: 'down', message: 'Down' } });
	await turn();
	expect(provider.asked).toHaveLength(3);
	expect(outcomes.slice(2)).toEqual(Array(40).fill('providerDown'));
});

test('what a batch leaves out is asked for by itself, and refused by name', async () => {
	const provider = openProvider();
	const outcomes = lookForAll(provider, trigger, ['task-0', 'task-1', 'task-2', 'none']);
	await turn();
	for (const single of provider.asked.slice()) tell(single);
	await turn();
	provider.asked[2]!.answer(200, { data: [done('task-2')] });
	await turn();
	expect(provider.asked[3]).toMatchObject({ ids: ['none'], isBatch: false });
	provider.asked[3]!.answer(404, { error: { code: 'task_not_found', message: 'None' } });
	await turn();
	expect(outcomes).toEqual(['succeeded', 'succeeded', 'succeeded', 'notFound']);
});

test('who has waited for exactly five seconds still gets a turn', async () => {
	const provider = openProvider();
	const outcomes = lookForAll(provider, trigger, ids(20));
	await turn();
	provider.clock.jump(5000);
	for (const single of provider.asked.slice()) tell(single);
	await turn();
	expect(provider.asked.map((each) => each.ids.length)).toEqual([1, 1, 18]);
	tell(provider.asked[2]!);
	await turn();
	expect(outcomes).toEqual(Array(20).fill('succeeded'));
});

test('who has waited longer than five seconds for a turn is told to come again, and is not asked for', async () => {
	const provider = openProvider();
	const outcomes = lookForAll(provider, trigger, ids(20));
	await turn();
	// Longer than a request may take, as on a computer that was asleep.
	provider.clock.jump(5001);
	for (const single of provider.asked.slice()) tell(single);
	await turn();
	expect(outcomes).toEqual(['succeeded', 'succeeded', ...Array<string>(18).fill('providerDown')]);
	expect(provider.asked).toHaveLength(2);
});

test('a thousand callbacks wait at max, and the next are told to come again at once', async () => {
	const provider = openProvider();
	const outcomes = lookForAll(provider, trigger, ids(1005));
	await turn();
	expect(outcomes.slice(1002)).toEqual(Array(3).fill('providerDown'));
	expect(outcomes.filter(Boolean)).toHaveLength(3);
	for (let at = 0; at < provider.asked.length; at++) {
		tell(provider.asked[at]!);
		await turn();
	}
	expect(outcomes.filter((outcome) => outcome === 'succeeded')).toHaveLength(1002);
});

test('who is told to come again is told why', async () => {
	const provider = openProvider();
	lookForAll(provider, trigger, ids(1002));
	const outcome = await pollForCallback(provider.connection, trigger, 'one-more');
	expect(outcome.ok ? outcome.value : failureIn(outcome.error)?.details).toEqual({
		kind: 'providerDown',
		message: 'Too many callbacks came at once.',
		advice: 'The provider delivers them again.',
	});
});
