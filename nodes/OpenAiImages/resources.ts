// What the OpenAI Images node can do, in the order in which a person reads it.
import { cancelTask } from '../shared/execute/cancelTask';
import { getTask } from '../shared/execute/getTask';
import { imageOperations } from '../shared/execute/imageOperations';
import { resourcesOf } from '../shared/execute/operations';
import { cancel as cancelBatch } from './operations/batch/cancel';
import { create } from './operations/batch/create';
import { get as getBatch } from './operations/batch/get';
import { getResults } from './operations/batch/getResults';
import { analyze } from './operations/image/analyze';
import { imageFields } from './operations/image/fields';
import { isStarted, orderOf, readMarkup } from './operations/image/request';
import { vary } from './operations/image/vary';
import { waitAndReport } from './operations/task/wait';
import type { OpenAiSession } from './session';

const images = imageOperations<OpenAiSession>({
	...imageFields,
	readMorePictures: readMarkup,
	runToOrder: (session, itemIndex) =>
		isStarted(session) ? session.startingTasks(itemIndex) : undefined,
	orderOf,
});

const CANCEL = 'Stop a task that is still at work';
const TASK_ID = 'resp_68af4030592c81938ec0a5fbab4a3e9f';

export const resources = resourcesOf<OpenAiSession>({
	image: [...images, analyze, vary],
	task: [getTask(TASK_ID), waitAndReport(TASK_ID), cancelTask(TASK_ID, CANCEL)],
	batch: [create, getBatch, getResults, cancelBatch],
});
