// Task: Wait. As for every provider, and with the task's tokens reported to n8n.
import type { ItemOperation } from '../../../shared/operations';
import { waitForTask } from '../../../shared/waitForTask';
import type { ImageTask } from '../../../../providers/contract';
import type { OpenAiSession } from '../../session';
import { reportUsage } from '../../usage';

/**
 * Only Wait reports: it is the end of a task and runs once for it, while Get may look at the same task many times.
 * Within an execution a task counts once, however many items name it.
 */
export function waitAndReport(exampleId: string): ItemOperation<OpenAiSession> {
	const operation = waitForTask(exampleId);
	return {
		...operation,
		run: async (session, itemIndex) => {
			const { context, reported, tasks } = session;
			const ended = new Map<string, ImageTask>();
			const watched = {
				...tasks,
				wait: async (open: ImageTask, item: number) => {
					const task = await tasks.wait(open, item);
					ended.set(task.id, task);
					return task;
				},
			};
			const items = await operation.run({ ...session, tasks: watched }, itemIndex);
			// Not before its images are there: an item that fails may be tried again, and would count twice.
			for (const [id, task] of ended) {
				if (reported.has(id)) continue;
				reported.add(id);
				reportUsage(context, task);
			}
			return items;
		},
	};
}
