// Task: Get, for every provider that has tasks: how one stands now, with its images when it is done.
import type { INodeExecutionData } from 'n8n-workflow';

import { taskItem } from '../../../pipeline/media';
import { allValues } from '../../../pipeline/result';
import type { ItemWork, OutputSettings } from '../../../pipeline/session';
import type { ImageTask } from '../../../providers/contract';
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

/** `exampleId` is a task's id as this provider writes it. */
export function getTask(exampleId: string): ItemOperation<TaskSession> {
	return {
		option: {
			name: 'Get',
			value: 'get',
			action: 'Get a task',
			description: 'See how a task stands, and fetch its images if it is done',
		},
		answer: IMAGES_AS_ANSWER,
		fields: [
			taskIdsField(exampleId),
			optionsField([
				manyItemsOption('How many items to ask for at the same time'),
				...outputOptions,
				fetchedReferenceOption,
			]),
		],
		concurrency: MAX_ITEMS_AT_ONCE,
		run: async (session, work) => {
			const ids = readTaskIds(session.context, work.itemIndex);
			if (ids.length > 1) ids.forEach(work.noteTask);
			const output = readTaskOutput(session.context, work.itemIndex);
			const found = await allValues(
				ids.map(async (id) => await session.tasks.poll(id, work.deadline)),
			);
			const named = found.map(namedBy(readReference(session.context, work.itemIndex)));
			return await itemsOf(session, work, named, output);
		},
	};
}

/** Tasks that aren't done are items of their own. Each that is done has its own images, unless all are to be together. */
async function itemsOf(
	{ tasks }: TaskSession,
	work: ItemWork,
	found: ImageTask[],
	output: OutputSettings,
): Promise<INodeExecutionData[]> {
	const done = found.filter(({ status }) => status === 'succeeded');
	const orders = output.groupImages && done.length > 0 ? [done] : done.map((task) => [task]);
	const collected = new Map(
		await allValues(
			orders.map(async (order) => [order[0]!, await tasks.collect(work, order, output)] as const),
		),
	);
	return found.flatMap((task) =>
		task.status === 'succeeded'
			? (collected.get(task) ?? [])
			: [taskItem(tasks.connection, task, work.itemIndex, output)],
	);
}
