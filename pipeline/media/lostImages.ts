// Pictures that arrived damaged inside an answer: they are lost, but they take none of the others with them.
import { randomUUID } from 'crypto';

import type { ImageTask, TaskImage } from '../../providers/contract';
import { ImageFailure } from '../../providers/failure';
import { referenceOf, referenceOfBytes } from '../../providers/pictureReference';
import type { Connection } from '../connection';
import { failureIn, settle } from '../settle';
import { storeBytes } from './storedImage';

/** The reference of a picture that is lost: no two are lost together. */
export function newLostReference(): string {
	return referenceOf(`lost-${randomUUID()}`);
}

/** The task with the images that can be had, and why others can't. */
export function withoutLost(
	{ received }: Connection,
	task: ImageTask,
): { task: ImageTask; lost: ImageFailure[] } {
	const lost: ImageFailure[] = [];
	const images = task.images.filter(({ stored }) => {
		const found = stored === undefined ? undefined : received.get(stored);
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
		const stored = bytes === undefined ? image.stored : await storeOne(connection, bytes);
		images.push({ ...image, stored });
	}
	const kept = { ...task, images };
	const { task: whole, lost } = withoutLost(connection, kept);
	if (lost[0] && whole.images.length === 0) throw lost[0];
	return kept;
}

/** Answers the reference that stands in the picture's place, whether it is whole or lost. */
async function storeOne(
	{ context, provider, received }: Connection,
	bytes: Buffer,
): Promise<string> {
	const outcome = await settle(storeBytes(context, bytes, provider.id));
	const failure = outcome.ok ? undefined : failureIn(outcome.error);
	if (!outcome.ok && !failure) throw outcome.error;
	const reference = outcome.ok ? referenceOfBytes(bytes) : newLostReference();
	received.set(reference, outcome.ok ? outcome.value : failure!);
	return reference;
}
