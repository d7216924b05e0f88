// A request that is paid for: what is kept of it before it leaves, and what of each outcome, so that none is sent twice.
import { Readable } from 'node:stream';

import { askOnce, type Asked, refuseUnknown, sendPaid } from '../../../../pipeline/once/paidOnce';
import type { CreateState } from '../../../../pipeline/once/nodeMemory';
import { failureIn, resultOf, type Result } from '../../../../pipeline/result';
import type { ItemWork } from '../../../../pipeline/execution';
import { ImageFailure, type FailureDetails } from '../../../../providers/failure';
import { answerWith, requestWith } from '../../providers/support';
import { connectionIn, nodeInMemory, SECRET } from './inMemory';

const PROVIDER = { name: 'OpenAI', whereToLook: 'Look there.' };
const PLACE = { memoryKey: 'key', idempotencyKey: 'key', itemIndex: 2 };
const REQUEST = requestWith({ prompt: `A kite for ${SECRET}` });

const failureWith = (details: Partial<FailureDetails>) =>
	new ImageFailure({ kind: 'network', message: 'It failed.', advice: 'Do this.', ...details });

interface Sending {
	/** What an earlier try has left. */
	before?: CreateState;
	/** How it ends; without it an answer comes. */
	sending?: Error;
	/** How reading its answer ends. */
	reading?: Error;
	isRepeatable?: boolean;
	idempotencyKey?: string;
}

/** What is kept while the request is on its way, what afterwards, and what came out. */
async function sent({ before, sending, reading, isRepeatable, idempotencyKey = 'key' }: Sending) {
	const node = nodeInMemory();
	if (before) node.remember({ key: before });
	const connection = connectionIn(node.begin());
	let underWay: CreateState | undefined;
	let logged: string[] = [];
	const result = await resultOf(
		sendPaid(connection, {
			place: { ...PLACE, idempotencyKey },
			provider: PROVIDER,
			...(isRepeatable && { request: REQUEST }),
			send: async () => {
				underWay = node.memory().creates.key;
				logged = [...node.logged];
				if (sending) throw sending;
				return answerWith({ status: 200 });
			},
			read: async ({ status }) => {
				if (reading) throw reading;
				return `read ${status}`;
			},
		}),
	);
	return { result, underWay, logged, after: node.memory().creates.key };
}

const OURS = { run: 0, itemIndex: 2 };

it('marks the request before it leaves, and the mark stays where nothing else is kept', async () => {
	expect(await sent({})).toEqual({
		result: { ok: true, value: 'read 200' },
		underWay: { state: 'sent', ...OURS },
		logged: ['Sending a paid request to OpenAI (item 2 of My Node, execution 17).'],
		after: { state: 'sent', ...OURS },
	});
});

it('keeps what to send again where the provider knows it again, without secrets', async () => {
	const { underWay } = await sent({ isRepeatable: true });
	expect(underWay).toMatchObject({ state: 'sent', request: { prompt: 'A kite for •••' } });
	expect(underWay).not.toHaveProperty('idempotencyKey');
});

it('keeps the key that the provider was told, where it is another', async () => {
	const { underWay } = await sent({ isRepeatable: true, idempotencyKey: 'of row 13' });
	expect(underWay).toMatchObject({ state: 'sent', idempotencyKey: 'of row 13' });
	expect((await sent({ idempotencyKey: 'of row 13' })).underWay).not.toHaveProperty(
		'idempotencyKey',
	);
});

const unknown = (kind: string, message = 'It failed.') => ({
	state: 'unknown',
	failure: { kind, message },
	...OURS,
});
const refusal = failureWith({ kind: 'moderation' });

describe('a request that must not be repeated', () => {
	test.each<[string, Sending, unknown]>([
		['broke off', { sending: failureWith({}) }, unknown('network')],
		['never left', { sending: failureWith({ nothingSent: true }) }, undefined],
		['was refused', { sending: failureWith({ kind: 'badRequest', status: 400 }) }, undefined],
		['was refused for its content', { sending: refusal }, undefined],
		[
			'was done, and its answer refuses the content',
			{ reading: refusal },
			{ state: 'refused', failure: { ...refusal.details }, ...OURS },
		],
		[
			'got an answer without an image',
			{ reading: failureWith({ kind: 'noImage' }) },
			unknown('noImage'),
		],
		['met a defect before it left', { sending: new TypeError('no') }, undefined],
		[
			'met a defect in its answer',
			{ reading: new TypeError('no') },
			unknown('outcomeUnknown', 'no'),
		],
		[
			'got a long message',
			{ sending: failureWith({ message: 'x'.repeat(400) }) },
			unknown('network', 'x'.repeat(300)),
		],
		[
			'got a long message that is cut at a secret',
			{ sending: failureWith({ message: `${'x'.repeat(293)}${SECRET}` }) },
			unknown('network', `${'x'.repeat(293)}•••`),
		],
	])('%s', async (_what, sending, kept) => {
		const { after, result } = await sent(sending);
		expect(after).toEqual(kept);
		expect(result.ok).toBe(false);
	});
});

describe('a request that the provider knows again', () => {
	test.each<[string, Sending, string]>([
		['broke off', { sending: failureWith({}) }, 'sent'],
		['never left', { sending: failureWith({ nothingSent: true }) }, 'prepared'],
		[
			'never left, but an earlier try has sent it',
			{ before: { state: 'sent' }, sending: failureWith({ nothingSent: true }) },
			'sent',
		],
		['was refused', { sending: failureWith({ kind: 'badRequest', status: 400 }) }, 'prepared'],
		[
			'was refused after an earlier try had sent it',
			{ before: { state: 'sent' }, sending: failureWith({ kind: 'badRequest', status: 400 }) },
			'prepared',
		],
		[
			'met a server that is down',
			{ sending: failureWith({ kind: 'providerDown', status: 500 }) },
			'sent',
		],
		['met a defect before it left', { sending: new TypeError('no') }, 'sent'],
	])('%s', async (_what, sending, state) => {
		const { after } = await sent({ ...sending, isRepeatable: true });
		expect(after).toMatchObject({ state, request: { prompt: 'A kite for •••' } });
	});
});

it('says of a request that broke off that nobody can tell, and where to look', async () => {
	const { result } = await sent({ sending: failureWith({}) });
	expect(result.ok ? undefined : failureIn(result.error)?.details).toMatchObject({
		kind: 'outcomeUnknown',
		advice: 'Nobody can tell whether OpenAI did the work. It may have been charged. Look there.',
	});
});

it('leaves what the reader has kept, though reading failed afterwards', async () => {
	const node = nodeInMemory();
	const connection = connectionIn(node.begin());
	const sending = sendPaid(connection, {
		place: PLACE,
		provider: PROVIDER,
		send: async () => answerWith({}),
		read: async () => {
			node.remember({ key: { state: 'started', taskId: 'task-1' } });
			throw failureWith({ kind: 'unreadableAnswer' });
		},
	});
	await expect(sending).rejects.toThrow('It failed.');
	expect(node.memory().creates.key).toEqual({ state: 'started', taskId: 'task-1' });
});

it('says that the execution was cancelled only after what is known is kept', async () => {
	const node = nodeInMemory();
	const connection = { ...connectionIn(node.begin()), signal: AbortSignal.abort() };
	const sending = sendPaid(connection, {
		place: PLACE,
		provider: PROVIDER,
		send: async () => await Promise.reject(failureWith({})),
		read: async () => 'never',
	});
	expect(failureIn((await sending.catch((error: Error) => error)) as Error)?.details.kind).toBe(
		'cancelled',
	);
	expect(node.memory().creates.key).toEqual(unknown('network'));
});

describe('what an earlier try has left', () => {
	test.each<[string, CreateState | undefined, string | undefined]>([
		['nothing', undefined, undefined],
		['only prepared', { state: 'prepared', request: REQUEST, at: 0 }, undefined],
		['started', { state: 'started', taskId: 'task-1' }, undefined],
		['on its way', { state: 'sent' }, 'no usable answer from OpenAI'],
		['unknown', { state: 'unknown' }, 'no usable answer from OpenAI'],
		[
			'unknown, without an image',
			{ state: 'unknown', failure: { kind: 'noImage', message: 'None.' } },
			'an answer without an image',
		],
		['refused', { state: 'refused', failure: refusal.details }, 'It failed.'],
	])('%s', (_what, before, message) => {
		const node = nodeInMemory();
		if (before) node.remember({ key: before });
		const refuse = () => refuseUnknown(node.begin(), 'key', PROVIDER);
		if (message === undefined) expect(refuse).not.toThrow();
		else expect(refuse).toThrow(message);
	});
});

describe('a request of a node’s own', () => {
	const work = { placeOf: () => PLACE } as unknown as ItemWork;
	const BATCH: CreateState = { state: 'started', taskId: 'batch-1' };
	const fetched = async (id: string) => await Promise.resolve(`fetched ${id}`);
	const asked = async (
		before: CreateState | undefined,
		fetch?: (id: string) => Promise<string>,
	): Promise<Result<Asked<string>>> => {
		const node = nodeInMemory();
		if (before) node.remember({ key: before });
		return await resultOf(
			askOnce(connectionIn(node.begin()), work, {
				wish: {},
				provider: PROVIDER,
				prepare: async () => await Promise.reject(new Error('prepared')),
				read: () => 'read',
				...(fetch && { started: { idOf: () => 'batch-1', fetch } }),
			}),
		);
	};

	it('is asked for, where an earlier try has started it', async () => {
		expect(await asked(BATCH, fetched)).toEqual({
			ok: true,
			value: { value: 'fetched batch-1', replayed: true },
		});
	});

	it('is not sent where an earlier try has its answer', async () => {
		expect(await asked({ state: 'answered', value: 'kept' })).toEqual({
			ok: true,
			value: { value: 'kept', replayed: true },
		});
	});

	it('is named in the error where it can’t be asked for now', async () => {
		expect(await asked(BATCH, async () => await Promise.reject(refusal))).toMatchObject({
			error: { message: 'It failed.', details: { ...refusal.details, taskId: 'batch-1' } },
		});
	});

	it('is made anew where what was started can never be asked for, or nothing was', async () => {
		expect(await asked(BATCH)).toMatchObject({ error: { message: 'prepared' } });
		expect(await asked(undefined, fetched)).toMatchObject({ error: { message: 'prepared' } });
	});

	/** It is sent, and answered so. */
	const sentAnew = async (isStarted: boolean, statusCode = 200) => {
		const node = nodeInMemory();
		const connection = connectionIn(node.begin());
		const body = Readable.from([Buffer.from('{"id":"batch-2"}')]);
		let underWay: CreateState | undefined;
		const httpRequestWithAuthentication = async () => {
			underWay = node.memory().creates.key;
			return { statusCode, headers: {}, body };
		};
		Object.assign(connection.context, { helpers: { httpRequestWithAuthentication } });
		const result = await resultOf(
			askOnce(connection, work, {
				wish: {},
				provider: PROVIDER,
				prepare: async () => ({ method: 'POST', url: 'https://a.test/', idempotent: false }),
				read: ({ body: told }) => told as { id: string },
				...(isStarted && {
					started: { idOf: ({ id }: { id: string }) => id, fetch: async (id) => ({ id }) },
				}),
			}),
		);
		return { result, underWay, after: node.memory().creates.key, logged: node.logged };
	};
	const SENT = { state: 'sent', ...OURS };
	const SENDING = 'Sending a paid request to OpenAI (item 2 of My Node, execution 17).';

	it('is sent as one that is paid for, and what it has started is kept and logged', async () => {
		expect(await sentAnew(true)).toEqual({
			result: { ok: true, value: { value: { id: 'batch-2' }, replayed: false } },
			underWay: SENT,
			after: { state: 'started', taskId: 'batch-2', ...OURS },
			logged: [SENDING, 'OpenAI has started the task batch-2 (item 2 of My Node, execution 17).'],
		});
	});

	it('without anything that can be asked for keeps its answer', async () => {
		expect(await sentAnew(false)).toEqual({
			result: { ok: true, value: { value: { id: 'batch-2' }, replayed: false } },
			underWay: SENT,
			after: { state: 'answered', value: { id: 'batch-2' }, ...OURS },
			logged: [SENDING],
		});
	});

	it('that was clearly refused leaves nothing', async () => {
		const { result, after } = await sentAnew(true, 400);
		expect([result.ok, after]).toEqual([false, undefined]);
	});

	it('isn’t even prepared where an earlier one may have been done', async () => {
		expect(await asked({ state: 'sent' }, fetched)).toMatchObject({
			error: {
				message: 'An earlier try got no usable answer from OpenAI, so this try sent nothing.',
			},
		});
	});
});
