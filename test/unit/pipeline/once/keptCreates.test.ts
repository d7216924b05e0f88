// What is kept of requests that are paid for, of which items it is, and when it is forgotten.
import {
	createsOf,
	forgetCreatesOf,
	forgetPreparedOf,
	hasCreates,
	keepCreate,
	keepFinishedTask,
	keepOutcome,
	keepSent,
	keepStarted,
	recallCreate,
	restoredTask,
} from '../../../../pipeline/once/keptCreates';
import type { CreateState } from '../../../../pipeline/once/nodeMemory';
import { ImageFailure } from '../../../../providers/failure';
import { requestWith } from '../../providers/support';
import { png } from '../pictureStore';
import { connectionIn, nodeInMemory, SECRET } from './inMemory';

const STARTED: CreateState = { state: 'started', taskId: 'task-1' };
const place = (key: string, itemIndex = 2) => ({ memoryKey: key, idempotencyKey: key, itemIndex });

let node: ReturnType<typeof nodeInMemory>;
beforeEach(() => (node = nodeInMemory()));
const connectionOf = (runIndex: number) => connectionIn(node.begin({ runIndex }));

it('keeps each under its key, with its run and item, and without secrets', () => {
	expect(hasCreates(node.begin())).toBe(false);
	keepCreate(connectionOf(1), place('key'), {
		state: 'unknown',
		failure: { kind: 'network', message: `${SECRET} is wrong.` },
	});
	expect(hasCreates(node.begin())).toBe(true);
	expect(recallCreate(node.begin(), 'key')).toEqual({
		state: 'unknown',
		failure: { kind: 'network', message: '••• is wrong.' },
		run: 1,
		itemIndex: 2,
	});
	expect(recallCreate(node.begin(), 'other')).toBeUndefined();
});

it('keeps nothing where surely nothing was done', () => {
	keepOutcome(connectionOf(0), place('key'), STARTED);
	expect(recallCreate(node.begin(), 'key')).toMatchObject(STARTED);
	keepOutcome(connectionOf(0), place('key'), undefined);
	expect(hasCreates(node.begin())).toBe(false);
});

it('finds those of an item in this run, and those of keys', () => {
	for (const [run, key, item] of [
		[0, 'own', 2],
		[0, 'of another item', 1],
		[1, 'of another run', 2],
		[1, 'named', 3],
	] as const) {
		keepCreate(connectionOf(run), place(key, item), { state: 'started', taskId: key });
	}
	const found = createsOf(node.begin(), 2, new Set(['named', 'unheard of']));
	expect(found).toMatchObject([{ taskId: 'own' }, { taskId: 'named' }]);
});

describe('what is forgotten', () => {
	const states: Record<string, CreateState> = {
		sent: { state: 'sent' },
		prepared: { state: 'prepared', request: requestWith({}), at: 0 },
		unknown: { state: 'unknown' },
		started: STARTED,
		finished: { state: 'finished', task: { images: [] }, files: {}, lost: {} },
	};
	beforeEach(() => {
		for (const [key, state] of Object.entries(states))
			keepCreate(connectionOf(0), place(key), state);
		keepCreate(connectionOf(0), place('of another item', 1), { state: 'sent' });
		keepCreate(connectionOf(1), place('of another run'), { state: 'sent' });
	});
	const others = ['of another item', 'of another run'];

	it('is everything of the items in this run, once n8n has their output', () => {
		forgetCreatesOf(node.begin(), new Set([2]));
		expect(Object.keys(node.memory().creates)).toEqual(others);
	});

	it('is what was only prepared, where a later try may put the rest out otherwise', () => {
		forgetPreparedOf(node.begin(), new Set([2]));
		expect(Object.keys(node.memory().creates)).toEqual([
			'sent',
			'unknown',
			'started',
			'finished',
			...others,
		]);
	});

	it('is nothing that belongs to nobody', () => {
		node.remember({ 'of another item': { state: 'unknown' } });
		forgetCreatesOf(node.begin(), new Set([0, 1, 2]));
		expect(Object.keys(node.memory().creates)).toEqual(['of another item']);
	});
});

describe('a task that was started', () => {
	it('is kept and stands in the log, without secrets', () => {
		keepStarted(connectionOf(0), place('key'), `task-${SECRET}`);
		expect(recallCreate(node.begin(), 'key')).toMatchObject({
			state: 'started',
			taskId: 'task-•••',
		});
		expect(node.logged).toEqual([
			'OpenAI has started the task task-••• (item 2 of My Node, execution 17).',
		]);
	});

	it('stands there with the person’s reference', () => {
		keepStarted(connectionOf(0), place('key', 0), 'task-1', 'row 13');
		expect(node.logged).toEqual([
			'OpenAI has started the task task-1 (item 0 of My Node, execution 17, reference "row 13").',
		]);
	});
});

test('a finished task comes back with its pictures as an answer would bring it', async () => {
	const first = connectionOf(0);
	const reference = await first.pictures.takeWhole(await png('red'));
	const lost = first.pictures.keepLost(
		new ImageFailure({ kind: 'download', message: 'Half a picture.', advice: 'Again.' }),
	);
	keepFinishedTask(first, place('key'), {
		id: 'none',
		status: 'succeeded',
		model: 'gpt-image-2',
		images: [{ stored: reference }, { stored: lost }, { url: 'https://files.test/1.png' }],
		usage: { total_tokens: 5 },
		expiresAt: new Date('2026-11-28T12:00:00Z'),
		raw: { secret: 1 },
	});
	const kept = node.memory().creates.key;
	if (kept?.state !== 'finished') throw new Error('It was to be finished.');
	expect(Object.keys(kept.files)).toEqual([reference]);
	expect(kept.lost).toMatchObject({ [lost]: { message: 'Half a picture.' } });

	const later = connectionOf(0);
	expect(restoredTask(later, kept)).toEqual({
		id: '',
		status: 'succeeded',
		model: 'gpt-image-2',
		images: [{ stored: reference }, { stored: lost }, { url: 'https://files.test/1.png' }],
		usage: { total_tokens: 5 },
		expiresAt: new Date('2026-11-28T12:00:00Z'),
		raw: {},
	});
	expect(later.pictures.find(reference)).toMatchObject({ facts: { width: 20, height: 10 } });
	expect(later.pictures.find(lost)).toMatchObject({ message: 'Half a picture.' });
});

test('a finished task keeps its drafts, what it cost and what is wrong with it', async () => {
	const first = connectionOf(0);
	const draft = await first.pictures.takeWhole(await png('blue'));
	const facts = {
		images: [{ url: 'https://files.test/1.png', partials: [draft, 'stored:gone' as const] }],
		unread: 2,
		failure: { code: 'fewer', message: 'Fewer.' },
		cost: { amount: 0.5, currency: 'USD', estimated: false } as const,
	};
	keepFinishedTask(first, place('key'), { id: '', status: 'succeeded', raw: {}, ...facts });
	const kept = node.memory().creates.key;
	if (kept?.state !== 'finished') throw new Error('It was to be finished.');
	expect(Object.keys(kept.files)).toEqual([draft]);
	expect(kept.lost).toEqual({});
	expect(restoredTask(connectionOf(0), kept)).toEqual({
		id: '',
		status: 'succeeded',
		...facts,
		expiresAt: undefined,
		raw: {},
	});
});

test('a request on its way stands in the log, without secrets and with the person’s reference', () => {
	keepSent(connectionOf(0), place('key', 0), { state: 'sent' }, 'OpenAI', `row ${SECRET}`);
	expect(recallCreate(node.begin(), 'key')).toEqual({ state: 'sent', run: 0, itemIndex: 0 });
	expect(node.logged).toEqual([
		'Sending a paid request to OpenAI (item 0 of My Node, execution 17, reference "row •••").',
	]);
});
