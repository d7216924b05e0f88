// What the Core.Today node can do, in the order in which a person reads it.
import { getTask } from '../shared/execute/getTask';
import { imageOperations } from '../shared/execute/imageOperations';
import { resourcesOf } from '../shared/execute/operations';
import { uploadOperation } from '../shared/execute/uploadFile';
import { waitForTask } from '../shared/execute/waitForTask';
import { imageFields } from './operations/image/fields';
import { orderOf } from './operations/image/request';
import type { CoreTodaySession } from './session';

const TASK_ID = 'job_8f14e45fceea167a';
const UPLOAD = 'Put a file into your Core.Today storage, where the models can fetch it';

export const resources = resourcesOf<CoreTodaySession>({
	image: imageOperations({ ...imageFields, orderOf }),
	task: [getTask(TASK_ID), waitForTask(TASK_ID)],
	file: [uploadOperation(UPLOAD)],
});
