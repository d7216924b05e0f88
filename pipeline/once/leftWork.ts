// What is paid for of items that have no output, or may be: a person must be told, so that none of it is lost or paid twice.
import type { IExecuteFunctions } from 'n8n-workflow';

import { failureIn } from '../result';
import { createsOf, isInDoubt } from './keptCreates';
import type { CreateState } from './nodeMemory';

export interface LeftWork {
	/** Tasks that were started, without those that have failed and cost nothing. */
	taskIds: string[];
	/** How many images were made that no task leads back to: only a later try takes them up. */
	images: number;
	/** How many requests may have been done, where no answer tells. */
	unknown: number;
}

/** What has been ordered for these items, by whichever try of this run. */
export function leftWorkOf(context: IExecuteFunctions, itemIndexes: number[]): LeftWork {
	const creates = itemIndexes.flatMap((each) => createsOf(context, each));
	return {
		taskIds: creates.flatMap((create) =>
			create.state === 'started' && !create.isFree ? [create.taskId] : [],
		),
		images: creates.reduce((sum, create) => sum + imagesIn(create), 0),
		unknown: creates.filter(isInDoubt).length,
	};
}

/** Without what this failure tells by itself: every order that is in doubt has a failure of one of these kinds. */
export function withoutToldBy(error: Error, { taskIds, images, unknown }: LeftWork): LeftWork {
	const { taskId: own, kind, nothingSent } = failureIn(error)?.details ?? {};
	const isOfOne = !nothingSent && (kind === 'outcomeUnknown' || kind === 'noImage');
	return {
		taskIds: taskIds.filter((id) => id !== own),
		images,
		unknown: Math.max(0, unknown - (isOfOne ? 1 : 0)),
	};
}

/** Of those that are damaged nothing can be had. */
function imagesIn(create: CreateState): number {
	if (create.state !== 'finished') return 0;
	const { task, lost } = create;
	return task.images.filter(({ stored }) => stored === undefined || !(stored in lost)).length;
}
