// The field that names tasks: the same for every provider that has tasks.
import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import type { ImageRun } from '../../../pipeline/session';
import type { NodeSession } from '../execute/executeResources';
import { concurrencyOption } from './imageFields';

/** Asking costs nothing and what goes out is bounded elsewhere, so all items of a long list share their requests. */
export const MAX_ITEMS_AT_ONCE = 1000;

/** What the shared task operations need of a node's session. */
export interface TaskSession extends NodeSession {
	context: IExecuteFunctions;
	tasks: ImageRun;
}

/** Names one task of an item or several. `exampleId` is a task's id as this provider writes it. */
export function taskIdsField(exampleId: string): INodeProperties {
	return {
		displayName: 'Task ID',
		name: 'taskId',
		type: 'string',
		default: '',
		required: true,
		placeholder: `e.g. ${exampleId}`,
		description:
			'The ID that the node gave when it started the task, in its output or in its error message',
		hint: 'Several IDs with commas between them, or a list of IDs, work too',
	};
}

/** Concurrency, for an operation that shares the requests of many items. */
export function manyItemsOption(description: string): INodeProperties {
	return { ...concurrencyOption, default: MAX_ITEMS_AT_ONCE, description };
}
