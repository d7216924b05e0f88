// What the answers of providers with tasks have in common: words for states, answers that were cut off, reasons.
import {
	reasonOf,
	seedOf,
	statusOf,
	taskFieldsOf,
	tellsTask,
} from '../../../../providers/answers/toldTask';
import { answerWith } from '../support';

const WORDS = { waiting: 'queued', done: 'succeeded' } as const;

test.each([
	['done', false, 'succeeded'],
	[' Done ', false, 'succeeded'],
	['waiting', true, 'queued'],
	['polishing', true, 'running'],
	['constructor', true, 'running'],
	[undefined, false, 'queued'],
	[undefined, true, 'succeeded'],
	[7, true, 'succeeded'],
])('the word %p with pictures %p means %s', (word, hasPictures, status) => {
	expect(statusOf(WORDS, word, hasPictures)).toBe(status);
});

test('of an answer that was cut off, what is whole counts, but not how the task stood', () => {
	const body = '{"id": "t1", "status": "done", "model": "sketch';
	expect(taskFieldsOf(answerWith({ status: 200, body }))).toEqual({ id: 't1', status: undefined });
	expect(tellsTask(body, ['id'])).toBe(true);
	expect(tellsTask('{"i', ['id'])).toBe(false);
	expect(tellsTask(body, ['job', 'model', 'id'])).toBe(true);
	expect(tellsTask(body, ['model'])).toBe(false);
	expect(tellsTask({ id: 't1' }, ['id'])).toBe(false);
});

test('of a whole answer all fields count, and of anything else none', () => {
	const body = { id: 't1', status: 'done' };
	expect(taskFieldsOf(answerWith({ body }))).toEqual(body);
	expect(taskFieldsOf(answerWith({ body: [body] }))).toBeUndefined();
	expect(taskFieldsOf(answerWith({ body: undefined }))).toBeUndefined();
});

test.each([
	[undefined, { code: 'unknown', message: 'No reason was given.' }],
	[
		{ code: 'x', message: '' },
		{ code: 'x', message: 'No reason was given.' },
	],
	[
		{ code: '500', type: 'busy', message: 'No.' },
		{ code: 'busy', message: 'No.' },
	],
	[
		{ code: null, type: null, message: null },
		{ code: 'unknown', message: 'No reason was given.' },
	],
	[{ message: 'x'.repeat(1001) }, { code: 'unknown', message: `${'x'.repeat(999)}…` }],
])('the reason that %p tells', (error, reason) => {
	expect(reasonOf(error)).toEqual(reason);
});

test.each<[unknown, number | string | undefined]>([
	[17, 17],
	[0, 0],
	['17454220438242315174', '17454220438242315174'],
	['', undefined],
	[null, undefined],
	[undefined, undefined],
	[[17], undefined],
])('the seed that %p tells', (value, seed) => {
	expect(seedOf(value)).toBe(seed);
});
