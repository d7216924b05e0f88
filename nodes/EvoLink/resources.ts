// What the EvoLink node can do, in the order in which a person reads it.
import { balanceOperation } from '../shared/execute/getBalance';
import { getTask } from '../shared/execute/getTask';
import { imageOperations } from '../shared/execute/imageOperations';
import type { Resource } from '../shared/execute/operations';
import { waitForTask } from '../shared/execute/waitForTask';
import { upload } from './operations/file/upload';
import { imageFields } from './operations/image/fields';
import { orderOf } from './operations/image/request';
import { getMany } from './operations/task/getMany';
import type { EvoLinkSession } from './session';

const TASK_ID = 'task-unified-1757156493-imcg5zqt';

export const resources: Array<Resource<EvoLinkSession>> = [
	{ name: 'Image', value: 'image', operations: imageOperations({ ...imageFields, orderOf }) },
	{ name: 'Task', value: 'task', operations: [getTask(TASK_ID), getMany, waitForTask(TASK_ID)] },
	{ name: 'File', value: 'file', operations: [upload] },
	{
		name: 'Account',
		value: 'account',
		operations: [balanceOperation('See how many credits are left')],
	},
];
