// What the EvoLink node can do, in the order in which a person reads it.
import { balanceOperation } from '../shared/execute/getBalance';
import { getTask } from '../shared/execute/getTask';
import { imageOperations } from '../shared/execute/imageOperations';
import { resourcesOf } from '../shared/execute/operations';
import { waitForTask } from '../shared/execute/waitForTask';
import { upload } from './operations/file/upload';
import { imageFields } from './operations/image/fields';
import { orderOf } from './operations/image/request';
import { getMany } from './operations/task/getMany';
import type { EvoLinkSession } from './session';

const TASK_ID = 'task-unified-1757156493-imcg5zqt';

export const resources = resourcesOf<EvoLinkSession>({
	image: imageOperations({ ...imageFields, orderOf }),
	task: [getTask(TASK_ID), getMany, waitForTask(TASK_ID)],
	file: [upload],
	account: [balanceOperation('See how many credits are left')],
});
