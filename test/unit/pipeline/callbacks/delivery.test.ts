// Which deliveries are believed, and what each is answered: from the token to the task as its provider tells it.
import type { IDataObject, IWebhookFunctions } from 'n8n-workflow';

import { judgeCallback } from '../../../../pipeline/callbacks/delivery';
import { tokenOf, withToken } from '../../../../pipeline/callbacks/callbackUrl';
import { startWorkflow } from '../../../../pipeline/callbacks/startWorkflow';
import { connect } from '../../../../pipeline/session';
import type { ImageProvider, SignedDelivery, TaskStatus } from '../../../../providers/contract';
import { createFal } from '../../../../providers/fal';
import { done, evoLink, failed, running, told } from '../evoLinkTasks';
import { otherEnd, type Asked, type Told } from '../otherEnd';
import { createVirtualClock } from '../virtualClock';

const KEY = 'sk-right';
const KEYS = 'http://127.0.0.1/keys';
const DAY = 24 * 60 * 60 * 1000;

interface Delivery {
	query: IDataObject;
	body: unknown;
	/** Bytes; n8n tells none where there was no body. */
	length?: number;
	headers: IDataObject;
	wanted: TaskStatus[];
}

let count = 0;

/** A trigger at a provider that answers so. */
function open(tell: (asked: Asked) => Told, provider: ImageProvider = evoLink) {
	const clock = createVirtualClock();
	const { context, asked } = otherEnd(clock, tell);
	const staticData: IDataObject = {};
	const id = `node-${count++}`;
	const response = { writableEnded: false, statusCode: 200 };

	async function judged(given: Partial<Delivery> = {}) {
		const { query = { token: tokenOf(KEY) }, body = { id: 'task-1' }, length = 20 } = given;
		Object.assign(context, {
			getMode: () => 'webhook',
			getNode: () => ({ id }),
			getWorkflow: () => ({ id: 'workflow' }),
			getWorkflowStaticData: () => staticData,
			getResponseObject: () => response,
			getQueryData: () => query,
			getBodyData: () => body,
			getHeaderData: () => given.headers ?? {},
			getRequestObject: () => ({ rawBody: length === 0 ? undefined : Buffer.alloc(length) }),
		});
		const connection = connect(
			context as unknown as IWebhookFunctions,
			'evoLinkApi',
			provider,
			[],
			clock,
		);
		const { wanted = ['succeeded', 'failed'] } = given;
		const ended = await clock.until(judgeCallback(connection, KEY, wanted));
		if (!ended.ok) throw ended.error;
		return ended.value;
	}

	return { judged, asked, clock, context: context as unknown as IWebhookFunctions, response };
}

const atEvoLink = (state: (id: string) => object) => open((asked) => told(asked, state));

it('is believed when the provider tells the task', async () => {
	const { judged, asked } = atEvoLink(done);
	const { status, message, task } = await judged();
	expect([status, message, task?.id, task?.status]).toEqual([
		200,
		'Received.',
		'task-1',
		'succeeded',
	]);
	expect(asked).toHaveLength(1);
});

test.each<[number, string, Partial<Delivery>]>([
	[401, 'The token is missing or wrong.', { query: {} }],
	[401, 'The token is missing or wrong.', { query: { token: tokenOf('sk-wrong') } }],
	[413, 'The body is too large.', { length: 1024 * 1024 + 1 }],
	[400, "The body isn't a task.", { body: { results: [] } }],
	[400, "The body isn't a task.", { body: 'task-1' }],
])('%i %s: nobody is asked', async (status, message, delivery) => {
	const { judged, asked } = atEvoLink(done);
	expect(await judged(delivery)).toEqual({ status, message });
	expect(asked).toEqual([]);
});

test.each<[string, Partial<Delivery>]>([
	['of a megabyte', { length: 1024 * 1024 }],
	['of which n8n has no bytes', { length: 0 }],
])('a body %s is read', async (_what, delivery) => {
	expect((await atEvoLink(done).judged(delivery)).status).toBe(200);
});

test.each<[number, string, Told]>([
	[503, 'There is no such task yet. Please deliver again.', { statusCode: 404, body: {} }],
	[503, 'The task could not be fetched. Please deliver again.', { statusCode: 500, body: {} }],
	[503, 'The task could not be fetched. Please deliver again.', { statusCode: 401, body: {} }],
	[503, 'The task has not ended yet.', { body: running('task-1') }],
])('%i %s', async (status, message, answer) => {
	expect(await open(() => answer).judged()).toEqual({ status, message });
});

test('a task that isn’t told in time is asked for once, and delivered again', async () => {
	const { judged, asked, clock } = open(() => 'never');
	expect(await judged()).toMatchObject({ status: 503 });
	expect(asked).toHaveLength(1);
	expect(clock.passed()).toBeLessThanOrEqual(4000);
});

test('an end that nobody wants to hear of is received, and starts nothing', async () => {
	const { judged } = atEvoLink(failed);
	expect(await judged({ wanted: ['succeeded'] })).toEqual({
		status: 200,
		message: 'Not wanted here.',
	});
	expect((await judged({ wanted: ['failed'] })).task?.status).toBe('failed');
});

test('a delivery that has started its workflow isn’t fetched again', async () => {
	const { judged, asked, context, response } = atEvoLink(done);
	await judged();
	startWorkflow(context, 'task-1', {});
	response.writableEnded = true;
	expect(await judged()).toEqual({ status: 200, message: 'Already received.' });
	expect(asked).toHaveLength(1);
});

describe('the person’s reference', () => {
	const queryOf = (reference: string) =>
		Object.fromEntries(
			new URL(withToken('https://n8n.example.com/webhook/1', KEY, reference)).searchParams,
		);

	it('is the one that the address vouches for', async () => {
		const { task } = await atEvoLink(done).judged({ query: queryOf('row 13') });
		expect(task?.orderReference).toBe('row 13');
	});

	it('is that of the task where the address has none', async () => {
		const { orderReference } = (await atEvoLink(done).judged()).task ?? {};
		expect(orderReference).toBeUndefined();
	});
});

describe('a provider that signs', () => {
	/** Its keys are a word, and a delivery is signed with the word in its head. */
	function signing(keys: (count: number) => Told) {
		const url = `${KEYS}/${count}`;
		const provider: ImageProvider = {
			...evoLink,
			signature: {
				keys: () => ({ method: 'GET', url, idempotent: true }),
				refusalOf: ({ headers }: SignedDelivery, body: unknown) =>
					headers.signature === (body as { word: string }).word ? undefined : 'Wrongly signed.',
			},
		};
		let fetched = 0;
		const opened = open((asked) => {
			if (asked.url !== url) return told(asked, done);
			fetched += 1;
			return keys(fetched);
		}, provider);
		const judge = async (signature: string, id: string) =>
			(await opened.judged({ headers: { signature }, body: { id } })).message;
		return { judge, clock: opened.clock, fetched: () => fetched };
	}

	/** Another key each time. */
	const renewed = (nth: number): Told => ({ body: { word: `key ${nth}` } });
	const LATER = 'The keys could not be fetched. Please deliver again.';

	it('is believed with one of its keys, which are asked for once a day', async () => {
		const { judge, clock, fetched } = signing(renewed);
		expect(await judge('key 1', 'a')).toBe('Received.');
		await clock.pass(DAY - 1);
		expect([await judge('key 1', 'b'), fetched()]).toEqual(['Received.', 1]);
		await clock.pass(1);
		expect([await judge('key 1', 'c'), fetched()]).toEqual(['Wrongly signed.', 2]);
		expect(await judge('key 2', 'd')).toBe('Received.');
	});

	it('may have a new key: the keys are asked for again, but not for every forgery', async () => {
		const { judge, clock, fetched } = signing(renewed);
		expect([await judge('key 2', 'a'), fetched()]).toEqual(['Wrongly signed.', 1]);
		await clock.pass(59_999);
		expect([await judge('key 2', 'b'), fetched()]).toEqual(['Wrongly signed.', 1]);
		await clock.pass(1);
		expect([await judge('key 2', 'c'), fetched()]).toEqual(['Received.', 2]);
		await clock.pass(60_000);
		expect([await judge('forged', 'd'), fetched()]).toEqual(['Wrongly signed.', 3]);
	});

	it('is asked for its keys again where the clock was set back', async () => {
		const { judge, clock, fetched } = signing(renewed);
		await judge('key 1', 'a');
		clock.jump(-1);
		await judge('key 2', 'b');
		expect(fetched()).toBe(2);
	});

	it('delivers again where its keys can’t be had', async () => {
		const { judge, clock } = signing((nth) => (nth === 2 ? renewed(2) : { statusCode: 500 }));
		expect(await judge('key 2', 'a')).toBe(LATER);
		expect(await judge('key 2', 'b')).toBe('Received.');
		await clock.pass(60_000);
		expect(await judge('key 3', 'c')).toBe(LATER);
	});

	it('delivers again where the address of its keys is none: no stranger is told of the credential', async () => {
		const { keys } = createFal({
			baseUrl: 'https://queue.test',
			filesBaseUrl: 'files.test?key=sk-abcdef',
			apiBaseUrl: 'https://api.test',
		}).signature;
		const signature = { keys, refusalOf: () => 'Wrongly signed.' };
		const { judged, asked } = open((one) => told(one, done), { ...evoLink, signature });
		expect(await judged()).toEqual({ status: 503, message: LATER });
		expect(asked).toEqual([]);
	});
});
