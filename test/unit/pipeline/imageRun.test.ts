// Several formats and their Time Limit, in virtual time: it is one for all of them, and what was made until then comes out.
import type { IDataObject } from 'n8n-workflow';

import { connect } from '../../../pipeline/session';
import { beginExecution } from '../../../pipeline/execution';
import { createImageRun } from '../../../pipeline/imageRun';
import { failureIn } from '../../../pipeline/result';
import { done, evoLink, running, told } from './evoLinkTasks';
import { otherEnd, type Asked, type Told } from './otherEnd';
import { createVirtualClock } from './virtualClock';

const FORMATS = ['Post', 'Story', 'Link'].map((name) => ({ name, width: 1024, height: 1024 }));
const MADE = { results: ['https://files.example.com/1.png'] };

/** One item with three formats, of which the later ones are made from the first. */
function open(tell: (asked: Asked, created: number, passed: number) => Told, retryOnFail = false) {
	const clock = createVirtualClock();
	let created = 0;
	const { context, asked } = otherEnd(clock, (one) => {
		if (isCreate(one)) created += 1;
		return tell(one, created, clock.passed());
	});
	const memory: IDataObject = {};
	const hints: string[] = [];
	Object.assign(context, {
		getContext: () => memory,
		getWorkflowDataProxy: () => ({ $runIndex: 0 }),
		getNode: () => ({ parameters: {}, type: 'evoLink', name: 'EvoLink', retryOnFail }),
		getExecutionId: () => '1',
		getInstanceId: () => 'n8n',
		getWorkflow: () => ({ id: '1' }),
		continueOnFail: () => false,
		getInputData: () => [{ json: {} }],
		addExecutionHints: ({ message }: { message: string }) => hints.push(message),
		logger: { info: () => {} },
	});

	async function make(timeLimitSeconds: number) {
		const execution = beginExecution(context, { concurrency: 5, timeLimitSeconds }, clock);
		const run = createImageRun(connect(context, 'evoLinkApi', evoLink, [], clock), execution);
		const request = {
			model: 'gpt-image-2',
			prompt: 'A kite',
			count: 1,
			references: [],
			formats: FORMATS,
			keepMotif: true,
		};
		const work = execution.workOn(0, async (each) => await run.submitAndWait(each, request));
		const ended = await clock.until(work);
		if (!ended.ok) throw ended.error;
		const { result, taskIds } = ended.value;
		return {
			made: result.ok ? result.value.map(({ asked: wish }) => wish?.format?.name) : [],
			failure: result.ok ? undefined : (failureIn(result.error)?.details ?? result.error),
			taskIds,
			creates: asked.filter(isCreate).length,
			hints: hints.splice(0),
			endedAfter: clock.passed(),
		};
	}
	return { make, clock };
}

const isCreate = ({ method, url }: Asked) => method === 'POST' && url.endsWith('/generations');
const createdAs = (id: string): Told => ({ body: { id, status: 'pending' } });

test('it ends while the later formats are being drawn: the first comes out, and a hint names their tasks', async () => {
	const { make } = open((one, created, passed) => {
		if (isCreate(one)) return createdAs(`task-${created}`);
		return told(one, (id) =>
			id === 'task-1' && passed > 20_000 ? { ...done(id), ...MADE } : running(id),
		);
	});
	const ended = await make(60);
	expect(ended.failure).toBeUndefined();
	expect(ended.made).toEqual(['Post']);
	expect(ended.taskIds).toEqual(['task-1', 'task-2', 'task-3']);
	const said = ended.hints.join('\n');
	expect(said).toContain(
		'These formats of item 0 are missing: Story. The images were not ready within 60 seconds.',
	);
	expect(said).toContain('Task ID: task-2');
	expect(said).toContain('These formats of item 0 are missing: Link.');
	expect(ended.endedAfter).toBeLessThanOrEqual(62_000);
});

test('it ends before they are ordered: nothing is ordered without time, and the first comes out', async () => {
	const { make } = open((one, created) => {
		if (isCreate(one)) return created === 1 ? createdAs('task-1') : { ...refusedForNow, after: 0 };
		return { ...told(one, (id) => ({ ...done(id), ...MADE })), after: 1000 };
	});
	const ended = await make(20);
	expect(ended.made).toEqual(['Post']);
	expect(ended.hints.join('\n')).toContain(
		'The Time Limit of 20 seconds left no time to try again.',
	);
	expect(ended.hints.join('\n')).toMatch(/These formats of item 0 are missing: Story, Link\. /);
	expect(ended.endedAfter).toBeLessThanOrEqual(20_000);
});

/** As a server says that wants to be asked again later. */
const refusedForNow = {
	statusCode: 429,
	headers: { 'retry-after': '30' },
	body: { error: { message: 'Too many requests', code: 'rate_limit_exceeded' } },
};

test('with Retry On Fail, the next try waits for the tasks that are there, and orders no other', async () => {
	const { make } = open((one, created, passed) => {
		if (isCreate(one)) return createdAs(`task-${created}`);
		return told(one, (id) =>
			(id === 'task-1' && passed > 5000) || passed > 70_000
				? { ...done(id), ...MADE }
				: running(id),
		);
	}, true);
	const failed = await make(60);
	expect(failed.failure).toMatchObject({ kind: 'timeLimit' });
	const again = await make(60);
	expect(again.made).toEqual(['Post', 'Story', 'Link']);
	expect(again.creates).toBe(3);
});
