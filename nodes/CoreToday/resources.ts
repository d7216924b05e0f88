// What the Core.Today node can do, in the order in which a person reads it.
import { getTask } from '../shared/getTask';
import type { Resource } from '../shared/operations';
import { waitForTask } from '../shared/waitForTask';
import { upload } from './operations/file/upload';
import { edit } from './operations/image/edit';
import { generate } from './operations/image/generate';
import type { CoreTodaySession } from './session';

const TASK_ID = 'job_8f14e45fceea167a';

export const resources: Array<Resource<CoreTodaySession>> = [
	{ name: 'Image', value: 'image', operations: [generate, edit] },
	{ name: 'Task', value: 'task', operations: [getTask(TASK_ID), waitForTask(TASK_ID)] },
	{ name: 'File', value: 'file', operations: [upload] },
];
