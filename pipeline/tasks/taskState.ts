// What a task's status means for whoever waits for it.
import type { ImageRequest, ImageTask } from '../../providers/contract';

/** Some providers know a task only moments after they have started it: so long, not to know it means "not yet". */
export const UNKNOWN_AT_FIRST_MILLISECONDS = 20_000;

/** A task of which only the id is known, to be polled soon. */
export function openTask(id: string): ImageTask {
	return { id, status: 'queued', etaSeconds: 0, images: [], raw: {} };
}

/** The task with what it was to make, and for whom: its answers needn't repeat that. */
export function withAsked(task: ImageTask, request: ImageRequest | undefined): ImageTask {
	if (!request) return task;
	const { count, size, format, orderReference = task.orderReference } = request;
	return { ...task, orderReference, asked: { count, size, format } };
}

export function hasEnded({ status }: Pick<ImageTask, 'status'>): boolean {
	return status !== 'queued' && status !== 'running';
}
