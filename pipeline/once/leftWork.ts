// What is paid for of items that have no output, or may be: a person must be told, so that none of it is lost or paid twice.
import type { IExecuteFunctions } from 'n8n-workflow';

import { failureIn } from '../result';
import { createsOf } from './keptCreates';
import type { CreateState } from './nodeMemory';
import { mayHaveBeenDone } from './unknownOutcome';

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
	const creates = itemIndexes.flatMap((each) => createsOf(context, each, new Set()));
	return {
		taskIds: creates.flatMap((create) =>
			create.state === 'started' && !create.isFree ? [create.taskId] : [],
		),
		images: creates.reduce((sum, create) => sum + imagesIn(create), 0),
		unknown: creates.filter(isUnknown).length,
	};
}

/** Without what this failure tells by itself. */
export function besides(error: Error, { taskIds, images, unknown }: LeftWork): LeftWork {
	const own = failureIn(error)?.details.taskId;
	return {
		taskIds: taskIds.filter((id) => id !== own),
		images,
		unknown: Math.max(0, unknown - (mayHaveBeenDone(error, false) ? 1 : 0)),
	};
}

/** Whether nobody knows what has become of it. */
export function isUnknown(create: CreateState): boolean {
	const { state } = create;
	return state === 'unknown' || state === 'sent' || (state === 'prepared' && !!create.isDoubtful);
}

/** Of those that are damaged nothing can be had. */
function imagesIn(create: CreateState): number {
	if (create.state !== 'finished') return 0;
	const { task, lost } = create;
	return task.images.filter(({ stored }) => stored === undefined || !(stored in lost)).length;
}
