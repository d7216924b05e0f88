// Task: Wait. As for every provider, and with the task's tokens reported to n8n.
import type { ImageTask } from '../../../../providers/contract';
import type { ItemOperation } from '../../../shared/execute/operations';
import { waitForTask } from '../../../shared/execute/waitForTask';
import type { OpenAiSession } from '../../session';
import { reportUsage } from '../../usage';

/**
 * Only Wait reports: it is the end of a task and runs once for it, while Get may look at the same task many times.
 * Not before its images are there: an item that fails may be tried again, and would count twice.
 */
export function waitAndReport(exampleId: string): ItemOperation<OpenAiSession> {
	return waitForTask(exampleId, reportOnce);
}

/** Within an execution a task counts once, however many items name it. */
function reportOnce({ context, reported }: OpenAiSession, ended: ImageTask[]): void {
	for (const task of ended) {
		if (reported.has(task.id)) continue;
		reported.add(task.id);
		reportUsage(context, task);
	}
}
