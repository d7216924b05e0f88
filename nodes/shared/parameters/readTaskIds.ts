import type { IExecuteFunctions } from 'n8n-workflow';

import { badInput } from '../../../providers/failure';
import { toTexts } from './readParameters';

/** At least one, and each once. */
export function readTaskIds(context: IExecuteFunctions, itemIndex: number): string[] {
	const ids = toTexts(context.getNodeParameter('taskId', itemIndex, ''), 'Task ID');
	if (ids.length > 0) return [...new Set(ids)];
	throw badInput(
		'The Task ID is empty.',
		'Enter the ID from the output or the error message of the node that started the task.',
	);
}
