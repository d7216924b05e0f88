// Task: Wait, for every provider that has tasks: waits for tasks that were started earlier, many of them with few requests.
import { allValues } from '../../../pipeline/result';
import type { ImageTask } from '../../../providers/contract';
import { timeLimitOption } from '../fields/imageFields';
import { outputOptions } from '../fields/outputFields';
import { fetchedReferenceOption } from '../fields/referenceOption';
import { readTaskOutput } from '../parameters/imageParameters';
import { namedBy, readReference } from '../parameters/readReference';
import type { ItemOperation } from './operations';
import { optionsField } from '../fields/optionsField';
import { IMAGES_AS_ANSWER } from '../fields/toolFields';
import {
	manyItemsOption,
	MAX_ITEMS_AT_ONCE,
	taskIdsField,
	type TaskSession,
} from '../fields/taskFields';
import { readTaskIds } from '../parameters/readTaskIds';

/** `exampleId` is a task's id as this provider writes it. `whenFetched` is told of the tasks whose images are there. */
export function waitForTask<Session extends TaskSession>(
	exampleId: string,
	whenFetched?: (session: Session, ended: ImageTask[]) => void,
): ItemOperation<Session> {
	return {
		option: {
			name: 'Wait',
			value: 'wait',
			action: 'Wait for a task',
			description: 'Wait until a task is done, and fetch its images',
		},
		answer: IMAGES_AS_ANSWER,
		fields: [
			taskIdsField(exampleId),
			optionsField([
				manyItemsOption('How many items to wait for at the same time'),
				...outputOptions,
				fetchedReferenceOption,
				timeLimitOption(
					'How long one item may take, from its first request to its last picture. The tasks go on after that, and their IDs fetch the images later.',
				),
			]),
		],
		concurrency: MAX_ITEMS_AT_ONCE,
		run: async (session, work) => {
			const { context, tasks } = session;
			const ids = readTaskIds(context, work.itemIndex);
			if (ids.length > 1) ids.forEach(work.noteTask);
			const output = readTaskOutput(context, work.itemIndex);
			const ended = await allValues(ids.map(async (id) => await tasks.wait(work, id)));
			const reference = readReference(context, work.itemIndex);
			const items = await tasks.collect(work, ended.map(namedBy(reference)), output);
			whenFetched?.(session, ended);
			return items;
		},
	};
}
