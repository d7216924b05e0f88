// What a task's status means for whoever waits for it.
import type { ImageTask } from '../../providers/contract';

/** Some providers know a task only moments after they have started it: so long, not to know it means "not yet". */
export const UNKNOWN_AT_FIRST_MILLISECONDS = 20_000;

/** A task of which only the id is known, to be polled soon. */
export function openTask(id: string): ImageTask {
	return { id, status: 'queued', etaSeconds: 0, images: [], raw: {} };
}

export function hasEnded({ status }: Pick<ImageTask, 'status'>): boolean {
	return status !== 'queued' && status !== 'running';
}
