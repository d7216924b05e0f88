// Pictures that arrived damaged inside an answer: they are lost, but they take none of the others with them.
import type { ImageTask, TaskImage } from '../../providers/contract';
import { ImageFailure } from '../../providers/failure';
import type { Connection } from '../connection';

/** The task with the images that can be had, and why others can't. */
export function omitLost(
	{ pictures }: Connection,
	task: ImageTask,
): { task: ImageTask; lost: ImageFailure[] } {
	const lost: ImageFailure[] = [];
	const images = task.images.filter(({ stored }) => {
		const found = stored === undefined ? undefined : pictures.find(stored);
		if (found instanceof ImageFailure) lost.push(found);
		return !(found instanceof ImageFailure);
	});
	return { task: { ...task, images }, lost };
}

/**
 * The task with the pictures that came in pieces in n8n's binary store. Throws a `download` failure
 * when it has images and all are lost.
 */
export async function storeWritten(connection: Connection, task: ImageTask): Promise<ImageTask> {
	const images: TaskImage[] = [];
	for (const { bytes, ...image } of task.images) {
		const stored = bytes === undefined ? image.stored : await connection.pictures.takeWhole(bytes);
		images.push({ ...image, stored });
	}
	const kept = { ...task, images };
	const { task: whole, lost } = omitLost(connection, kept);
	if (lost[0] && whole.images.length === 0) throw lost[0];
	return kept;
}
