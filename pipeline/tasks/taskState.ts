// What a task's status means for whoever waits for it.
import type { ImageTask } from '../../providers/contract';

/** A task of which only the id is known, to be looked at soon. */
export function openTask(id: string): ImageTask {
	return { id, status: 'queued', etaSeconds: 0, images: [], raw: {} };
}

export function hasEnded({ status }: Pick<ImageTask, 'status'>): boolean {
	return status !== 'queued' && status !== 'running';
}
