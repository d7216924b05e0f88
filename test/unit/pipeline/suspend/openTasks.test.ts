// When a suspended execution has nothing to wait for any more, by what its tasks have become.
import { failureIn, type Result } from '../../../../pipeline/result';
import { connect } from '../../../../pipeline/session';
import {
	hasFailedTask,
	isOver,
	outcomesOf,
	pollOpenTasks,
} from '../../../../pipeline/suspend/openTasks';
import type { Suspension } from '../../../../pipeline/suspend/suspension';
import { openTask } from '../../../../pipeline/tasks/taskState';
import type { ImageTask } from '../../../../providers/contract';
import { done, evoLink, failed, idsOf, running, told } from '../evoLinkTasks';
import { otherEnd, type Asked, type Told } from '../otherEnd';
import { createVirtualClock } from '../virtualClock';

/** `a` and `b` call back, `c` doesn't. */
const suspension = (continueOnFail: boolean): Suspension => ({
	version: 1,
	startedAt: 0,
	id: '',
	origin: '',
	items: [
		{ taskIds: ['a', 'b'], callsBack: true },
		{ taskIds: ['c'], callsBack: false },
	],
	continueOnFail,
	resumeUrl: '',
});

test.each<[string, Record<string, boolean>, stop: boolean, goOn: boolean]>([
	['nothing has ended', {}, false, false],
	['one of an item has ended', { a: true }, false, false],
	['one that calls nobody has ended', { c: true }, false, false],
	['all that call back have ended', { a: true, b: true }, true, true],
	['all of an item have failed', { a: false, b: false }, true, true],
	['one has failed that calls nobody', { c: false }, true, false],
	['all have failed', { a: false, b: false, c: false }, true, true],
])('when %s', (_what, ended, stop, goOn) => {
	const outcomes = new Map(Object.entries(ended));
	expect(isOver(suspension(false), outcomes)).toBe(stop);
	expect(isOver(suspension(true), outcomes)).toBe(goOn);
	const failed = Object.values(ended).includes(false);
	expect(hasFailedTask(suspension(true), outcomes)).toBe(failed);
});

describe('of several tasks of an item, those that are made come out whatever becomes of the others', () => {
	const several: Suspension = {
		...suspension(false),
		items: [
			{ taskIds: ['a', 'b'], callsBack: true },
			{ taskIds: ['c'], callsBack: true },
		],
	};
	test.each<[string, Record<string, boolean>, boolean]>([
		['one has failed', { a: false }, false],
		['one has failed and the other is made', { a: false, b: true }, false],
		['all have failed', { a: false, b: false }, true],
		['one of another item has failed', { c: false }, true],
		['all have ended', { a: false, b: true, c: true }, true],
	])('when %s', (_what, ended, isEnd) => {
		expect(isOver(several, new Map(Object.entries(ended)))).toBe(isEnd);
	});
});

test('an execution of which nothing calls back waits for nothing', () => {
	const silent = { ...suspension(true), items: [{ taskIds: ['c'], callsBack: false }] };
	expect(isOver(silent, new Map())).toBe(true);
	expect(isOver({ ...silent, items: [] }, new Map())).toBe(true);
});

test.each<[string, Result<ImageTask>, boolean]>([
	['succeeded', { ok: true, value: { ...openTask('a'), status: 'succeeded' } }, true],
	['failed', { ok: true, value: { ...openTask('a'), status: 'failed' } }, false],
	['cancelled', { ok: true, value: { ...openTask('a'), status: 'cancelled' } }, false],
	['gone', { ok: false, error: new Error('No.') }, false],
])('a task that is %s has made its images: %s', (_what, answer, hasImages) => {
	expect([...outcomesOf(new Map([['a', answer]]))]).toEqual([['a', hasImages]]);
});

describe('how open tasks stand', () => {
	const NOT_FOUND: Told = { statusCode: 404, body: {} };

	async function polled(
		tell: (asked: Asked) => Told,
		given: Partial<Suspension> = {},
		known?: Map<string, boolean>,
	) {
		const clock = createVirtualClock();
		const startedAt = clock.now();
		const { context, asked } = otherEnd(clock, tell);
		const connection = connect(context, 'evoLinkApi', evoLink, [], clock);
		const poll = pollOpenTasks(connection, { ...suspension(true), startedAt, ...given }, known);
		const ended = await clock.until(poll);
		if (!ended.ok) throw ended.error;
		const told = [...ended.value.ended].map(([id, answer]) => [
			id,
			answer.ok ? answer.value.status : failureIn(answer.error)?.details.kind,
		]);
		return { told, isReliable: ended.value.isReliable, asked, clock, ended: ended.value.ended };
	}

	test('is told of those that have ended, however they did', async () => {
		const states: Record<string, (id: string) => object> = { a: running, b: done, c: failed };
		const {
			told: all,
			isReliable,
			asked,
		} = await polled((one) => told(one, (id) => states[id]!(id)));
		expect(all).toEqual([
			['b', 'succeeded'],
			['c', 'failed'],
		]);
		expect([isReliable, asked.map(idsOf)]).toEqual([true, [['a', 'b', 'c']]]);
	});

	test('isn’t asked of those that are known to have ended', async () => {
		const { asked } = await polled((one) => told(one, done), {}, new Map([['b', false]]));
		expect(asked.map(idsOf)).toEqual([['a', 'c']]);
	});

	test('comes with what each was to make', async () => {
		const { ended } = await polled((one) => told(one, done), {
			items: [
				{ taskIds: ['a'], callsBack: true, request: { model: 'm', count: 2, size: '1:1' } },
				{ taskIds: ['b'], callsBack: true },
			],
		});
		const asked = [...ended.values()].map((each) => each.ok && each.value.asked);
		expect(asked).toEqual([{ count: 2, size: '1:1', format: undefined }, undefined]);
	});

	const only = { items: [{ taskIds: ['a'], callsBack: true }] };
	test.each<[string, Told, Array<[string, string]>, boolean]>([
		['can’t be told now', { statusCode: 500, body: {} }, [], false],
		['is refused for now', { statusCode: 429, body: {} }, [], false],
		['is refused for good', { statusCode: 401, body: {} }, [['a', 'auth']], true],
		['isn’t known yet', NOT_FOUND, [], false],
	])('one that %s is asked for once', async (_what, answer, told, isReliable) => {
		const polledOnce = await polled(() => answer, only);
		expect(polledOnce.told).toEqual(told);
		expect([polledOnce.isReliable, polledOnce.asked.length]).toEqual([isReliable, 1]);
	});

	test.each([
		[19_999, [], false],
		[20_000, [['a', 'notFound']], true],
	])('one that isn’t known %i ms after its start', async (age, told, isReliable) => {
		const startedAt = createVirtualClock().now() - age;
		const answered = await polled(() => NOT_FOUND, { ...only, startedAt });
		expect([answered.told, answered.isReliable]).toEqual([told, isReliable]);
	});
});
