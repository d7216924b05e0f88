// What the EvoLink node can do, in the order in which a person reads it.
import type { Resource } from '../shared/operations';
import { getBalance } from './operations/account/getBalance';
import { upload } from './operations/file/upload';
import { edit } from './operations/image/edit';
import { generate } from './operations/image/generate';
import { get } from './operations/task/get';
import { getMany } from './operations/task/getMany';
import { wait } from './operations/task/wait';
import type { EvoLinkSession } from './session';

export const resources: Array<Resource<EvoLinkSession>> = [
	{ name: 'Image', value: 'image', operations: [generate, edit] },
	{ name: 'Task', value: 'task', operations: [get, getMany, wait] },
	{ name: 'File', value: 'file', operations: [upload] },
	{ name: 'Account', value: 'account', operations: [getBalance] },
];
