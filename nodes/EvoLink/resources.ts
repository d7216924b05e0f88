// What the EvoLink node can do, in the order in which a person reads it.
import { getTask } from '../shared/getTask';
import type { Resource } from '../shared/operations';
import { waitForTask } from '../shared/waitForTask';
import { getBalance } from './operations/account/getBalance';
import { upload } from './operations/file/upload';
import { edit } from './operations/image/edit';
import { generate } from './operations/image/generate';
import { getMany } from './operations/task/getMany';
import type { EvoLinkSession } from './session';

const TASK_ID = 'task-unified-1757156493-imcg5zqt';

export const resources: Array<Resource<EvoLinkSession>> = [
	{ name: 'Image', value: 'image', operations: [generate, edit] },
	{ name: 'Task', value: 'task', operations: [getTask(TASK_ID), getMany, waitForTask(TASK_ID)] },
	{ name: 'File', value: 'file', operations: [upload] },
	{ name: 'Account', value: 'account', operations: [getBalance] },
];
