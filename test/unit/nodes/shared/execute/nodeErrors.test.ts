// What a failed item tells of its tasks: each that is paid for, or may be, is named.
import type { IExecuteFunctions } from 'n8n-workflow';

import { toErrorItem } from '../../../../../nodes/shared/execute/nodeErrors';
import { ImageFailure } from '../../../../../providers/failure';

const context = {
	getNode: () => ({ type: 'fal' }),
	getNodeParameter: () => '',
} as unknown as IExecuteFunctions;
const left = { images: 0, unknown: 0 };

const tasksIn = (error: Error, taskIds: string[]) => {
	const { json } = toErrorItem(context, error, 0, { taskIds, left });
	return { taskId: json.taskId, taskIds: json.taskIds };
};
const failureOf = (taskId?: string) =>
	new ImageFailure({ kind: 'taskFailed', message: 'It failed.', advice: '', taskId });

test.each<[string, Error, string[], ReturnType<typeof tasksIn>]>([
	['none', failureOf(), [], { taskId: undefined, taskIds: undefined }],
	['its own', failureOf('a'), ['a'], { taskId: 'a', taskIds: undefined }],
	['its own, which cost nothing', failureOf('a'), [], { taskId: 'a', taskIds: undefined }],
	[
		'the other one, where its own cost nothing',
		failureOf('a'),
		['b'],
		{ taskId: 'a', taskIds: ['a', 'b'] },
	],
	['all', failureOf('b'), ['a', 'b'], { taskId: 'b', taskIds: ['b', 'a'] }],
	[
		'those of an error of another kind',
		new Error('no'),
		['a', 'b'],
		{ taskId: 'a', taskIds: ['a', 'b'] },
	],
])('%s', (_what, error, taskIds, told) => {
	expect(tasksIn(error, taskIds)).toEqual(told);
});
