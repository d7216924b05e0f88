// Parts of an order that could not be made: told beside what was made, unless nothing was, or a later try is to make them.
import type { IExecuteFunctions } from 'n8n-workflow';

import type { Connection } from '../../../pipeline/connection';
import { goOnWithout, withoutFailed, type MissingPart } from '../../../pipeline/missingParts';
import { beginTry } from '../../../pipeline/once/tries';
import { hintsOf } from '../../../pipeline/told/hints';
import { createRedactor } from '../../../pipeline/secrets/redactor';
import type { ImageTask } from '../../../providers/contract';
import { ImageFailure, type FailureDetails } from '../../../providers/failure';
import { evoLink } from './evoLinkTasks';

function connectionOf(retryOnFail?: boolean, goesOn = false) {
	const hints: string[] = [];
	const memory = {};
	const context = {
		getContext: () => memory,
		getExecutionId: () => '7',
		getWorkflowDataProxy: () => ({}),
		getNode: () => ({ type: 'evoLink', retryOnFail }),
		continueOnFail: () => goesOn,
		addExecutionHints: ({ message }: { message: string }) => hints.push(message),
	} as unknown as IExecuteFunctions;
	const connection = { context, provider: evoLink, redact: createRedactor([]) };
	return { connection: connection as unknown as Connection<IExecuteFunctions>, context, hints };
}

const taskFor = (name: string | undefined, parts: Partial<ImageTask> = {}): ImageTask => ({
	id: `task of ${name}`,
	status: 'succeeded',
	images: [],
	asked: name === undefined ? undefined : { format: { name, width: 9, height: 9 } },
	raw: {},
	...parts,
});

const failure = (details: Partial<FailureDetails> = {}) =>
	new ImageFailure({ kind: 'providerDown', message: 'It is down.', advice: 'Wait.', ...details });

const missing = (name: string | undefined, error: Error): MissingPart => ({
	format: name === undefined ? undefined : { name, width: 9, height: 9 },
	error,
});

const made = [taskFor('Square')];

test('what is missing is told on the item, once for each reason', () => {
	const { connection, context, hints } = connectionOf();
	const noAdvice = failure({ message: 'It was refused.', advice: '', taskId: 'task-7' });
	const all = [
		missing('Story', failure()),
		missing('Banner', noAdvice),
		missing('Square', failure()),
		missing('Story', failure()),
	];
	goOnWithout(connection, all, made, 4);
	expect(hints).toEqual([
		'Some images of item 4 are missing, of these formats: Story, Square. It is down. Wait.',
		'These formats of item 4 are missing: Banner. It was refused. Task ID: task-7',
	]);
	expect(hintsOf(context, 4)).toEqual(hints);
});

test('where nothing is missing, nothing is told, also of nothing', () => {
	const { connection, hints } = connectionOf(true);
	goOnWithout(connection, [], [], 4);
	expect(hints).toEqual([]);
});

test('an execution that was stopped ends the item, whatever was made and failed before', () => {
	const { connection, hints } = connectionOf();
	const ending = failure({ kind: 'cancelled' });
	const all = [missing('Story', failure()), missing('Banner', ending)];
	expect(() => goOnWithout(connection, all, made, 4)).toThrow(ending);
	expect(hints).toEqual([]);
});

test('an error that is none of ours takes nothing with it that was made', () => {
	const { connection, hints } = connectionOf();
	goOnWithout(connection, [missing('Banner', new Error('ENOENT: no such file'))], made, 4);
	expect(hints).toEqual(['These formats of item 4 are missing: Banner. ENOENT: no such file']);
});

test('no later try is waited for where the workflow goes on', () => {
	const { connection, hints } = connectionOf(true, true);
	goOnWithout(connection, [missing('Story', failure())], made, 0);
	expect(hints).toHaveLength(1);
});

test('in the last try of Retry On Fail, what was made comes out', () => {
	const { connection, context, hints } = connectionOf(true);
	const leave = () => goOnWithout(connection, [missing('Story', failure())], made, 0);
	for (const isLast of [false, false, true]) {
		beginTry(context);
		if (isLast) leave();
		else expect(leave).toThrow('It is down.');
	}
	expect(hints).toEqual(['These formats of item 0 are missing: Story. It is down. Wait.']);
});

test('where nothing was made, the first failure is the item’s', () => {
	const first = failure({ message: 'First.' });
	const { connection } = connectionOf();
	const all = [missing('Story', first), missing('Banner', failure())];
	expect(() => goOnWithout(connection, all, [], 4)).toThrow(first);
});

const moderation = failure({
	kind: 'moderation',
	message: 'It was refused.',
	advice: 'Change it.',
});

test.each<[string, boolean, boolean | undefined, ImageTask[], Error[]]>([
	['with Retry On Fail', true, true, made, [failure()]],
	['with Retry On Fail, for one of two', true, true, made, [moderation, failure()]],
	['without Retry On Fail', false, false, made, [failure()]],
	['in a node that says nothing of it', false, undefined, made, [failure()]],
	['in a later try already', false, true, [taskFor('Square', { replayed: true })], [failure()]],
	[
		'in a later try, that made one more',
		false,
		true,
		[taskFor('Square', { replayed: true }), taskFor('Story')],
		[failure()],
	],
	['which would be refused again', false, true, made, [moderation, moderation]],
])('another try is to make the rest %s: %s', (_when, isLeft, retryOnFail, tasks, errors) => {
	const { connection, hints } = connectionOf(retryOnFail);
	const leave = () => {
		goOnWithout(
			connection,
			errors.map((error) => missing('Story', error)),
			tasks,
			0,
		);
	};
	if (isLeft) expect(leave).toThrow(errors[0]);
	else expect(leave).not.toThrow();
	expect(hints.length > 0).toBe(!isLeft);
});

describe('of tasks', () => {
	const failed = (name: string | undefined): ImageTask =>
		taskFor(name, { status: 'failed', failure: { code: 'generation_failed', message: 'No.' } });

	test('those that were made go on, and the others are told with their tasks', () => {
		const { connection, hints } = connectionOf();
		const lost = failed('Story');
		const { message, advice } = evoLink.readTaskFailure(lost).details;
		const tasks = [taskFor('Square'), lost, taskFor('Banner')];
		expect(withoutFailed(connection, tasks, 2)).toEqual([tasks[0], tasks[2]]);
		expect(hints).toEqual([
			`These formats of item 2 are missing: Story. ${message} ${advice} Task ID: task of Story`,
		]);
	});

	test.each<[string, Array<number | undefined>, string]>([
		['one', [1, 1, 2], 'One image of item 2 is missing.'],
		['several', [1, 3, 1], '3 images of item 2 are missing.'],
		[
			'of a task of which nobody knows how many',
			[1, undefined, 1],
			'Some images of item 2 are missing.',
		],
	])('without formats it is said how many: %s', (_which, counts, told) => {
		const { connection, hints } = connectionOf();
		const tasks = counts.map(
			(count, index): ImageTask => ({
				...(index === 1 ? failed(undefined) : taskFor(undefined)),
				asked: { count },
			}),
		);
		expect(withoutFailed(connection, tasks, 2)).toEqual([tasks[0], tasks[2]]);
		expect(hints).toEqual([expect.stringContaining(told)]);
	});

	test('all stay where none was made', () => {
		const { connection, hints } = connectionOf();
		const tasks = [failed('Story'), failed('Banner')];
		expect(withoutFailed(connection, tasks, 2)).toBe(tasks);
		expect(hints).toEqual([]);
	});
});
