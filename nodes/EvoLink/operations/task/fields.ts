// The field that names a task.
import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { badInput } from '../../../../providers/failure';
import { readText } from '../../../shared/parameters';

export const taskIdField: INodeProperties = {
	displayName: 'Task ID',
	name: 'taskId',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. task-unified-1757156493-imcg5zqt',
	description:
		'The ID that the node gave when it started the task, in its output or in its error message',
};

export function readTaskId(context: IExecuteFunctions, itemIndex: number): string {
	const taskId = readText(context, 'taskId', 'Task ID', itemIndex).trim();
	if (taskId !== '') return taskId;
	throw badInput(
		'The Task ID is empty.',
		'Enter the ID from the output of the node that started the task, or find it with Task > Get Many.',
	);
}
