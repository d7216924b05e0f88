// Judges a callback: believed only after its token is right and the task was fetched again with the credential.
import type { IDataObject } from 'n8n-workflow';

import type { ImageTask, TaskStatus } from '../../providers/contract';
import { lookForCallback } from './callbackLooks';
import { hasRightToken } from './callbackUrl';
import type { Connection } from '../connection';
import { alreadySeen, beginWork } from './seenDeliveries';
import { isUnknown } from '../tasks/taskAnswers';
import { hasEnded } from '../tasks/taskState';

/** Far more than a task takes, far less than what would trouble a small server. */
const MOST_BYTES = 1024 * 1024;

export interface Delivery {
	/** Bytes of the body. */
	bytes: number;
	body: unknown;
	query: unknown;
	/** The credential's key, which the token follows from. */
	apiKey: string;
	/** The ends that the person wants to hear of. */
	wanted: TaskStatus[];
	/** Which trigger it came to, for telling repeats apart. */
	trigger: string;
	/** Repeats are welcome in a test, where n8n saves nothing either. */
	isTest: boolean;
	/** The trigger's saved data. */
	staticData: IDataObject;
}

/** What to answer, and the task that starts the workflow, if any: work on it has begun then. */
export interface Verdict {
	status: number;
	message: string;
	task?: ImageTask;
}

/** Never throws. A status of 503 asks the provider to deliver again. */
export async function judgeDelivery(connection: Connection, delivery: Delivery): Promise<Verdict> {
	const { provider } = connection;
	if (!hasRightToken(delivery.query, delivery.apiKey)) {
		return { status: 401, message: 'The token is missing or wrong.' };
	}
	if (delivery.bytes > MOST_BYTES) return { status: 413, message: 'The body is too large.' };
	const taskId = provider.readCallback?.(delivery.body);
	if (taskId === undefined) return { status: 400, message: "The body isn't a task." };
	if (isRepeat(delivery, taskId)) return { status: 200, message: 'Already received.' };

	const fetched = await lookForCallback(connection, delivery.trigger, taskId);
	if (!fetched.ok) {
		// Who knows the token speaks of a task that was started, and a provider may know it only a moment later.
		const reason = isUnknown(fetched.error)
			? 'There is no such task yet.'
			: 'The task could not be fetched.';
		return { status: 503, message: `${reason} Please deliver again.` };
	}
	const task = fetched.value;
	if (!hasEnded(task)) return { status: 503, message: 'The task has not ended yet.' };
	if (!delivery.wanted.includes(task.status)) return { status: 200, message: 'Not wanted here.' };
	// Another delivery of the same task may have got here while this one was fetching.
	if (isRepeat(delivery, task.id)) return { status: 200, message: 'Already received.' };
	if (!delivery.isTest) beginWork(delivery.trigger, task.id);
	return { status: 200, message: 'Received.', task };
}

function isRepeat({ trigger, isTest, staticData }: Delivery, taskId: string): boolean {
	return !isTest && alreadySeen(trigger, staticData, taskId);
}
