// Judges a callback: believed only after its token is right and the task was fetched again with the credential.
import type { IWebhookFunctions } from 'n8n-workflow';

import { parseJson } from '../../providers/answers/json';
import type { ImageTask, TaskStatus } from '../../providers/contract';
import { pollForCallback } from './callbackPolls';
import { vouchedIn } from './callbackUrl';
import type { Connection } from '../connection';
import { refusalOfSignature } from './signature';
import { answerToRepeat, triggerName, type DeliveryAnswer } from './startWorkflow';
import { isUnknown } from '../tasks/taskAnswers';
import { hasEnded } from '../tasks/taskState';

/** Far more than a task takes, far less than what would trouble a small server. */
const MAX_BYTES = 1024 * 1024;

/** What to answer, and the task that starts the workflow, if any. */
export interface Verdict extends DeliveryAnswer {
	task?: ImageTask;
}

/** Undefined where the body may be looked at. */
export function refusalOfSize(context: IWebhookFunctions): DeliveryAnswer | undefined {
	const { length: bytes = 0 } = context.getRequestObject().rawBody ?? {};
	return bytes > MAX_BYTES ? { status: 413, message: 'The body is too large.' } : undefined;
}

/**
 * Never throws. A status of 503 asks the provider to deliver again. The token follows from the credential's key; `wanted`
 * are the ends that the person wants to hear of.
 */
export async function judgeCallback(
	connection: Connection<IWebhookFunctions>,
	apiKey: string,
	wanted: TaskStatus[],
): Promise<Verdict> {
	const { context } = connection;
	const vouched = vouchedIn(context.getQueryData(), apiKey);
	if (!vouched) {
		return { status: 401, message: 'The token is missing or wrong.' };
	}
	const tooLarge = refusalOfSize(context);
	if (tooLarge) return tooLarge;
	const forged = await refusalOfSignature(connection);
	if (forged) return forged;
	const taskId = taskIdIn(connection);
	if (taskId === undefined) return { status: 400, message: "The body isn't a task." };
	const repeated = answerToRepeat(context, taskId);
	if (repeated) return repeated;

	const fetched = await pollForCallback(connection, triggerName(context), taskId);
	if (!fetched.ok) {
		// Who knows the token speaks of a task that was started, and a provider may know it only a moment later.
		const reason = isUnknown(fetched.error)
			? 'There is no such task yet.'
			: 'The task could not be fetched.';
		return { status: 503, message: `${reason} Please deliver again.` };
	}
	const task = fetched.value;
	if (!hasEnded(task)) return { status: 503, message: 'The task has not ended yet.' };
	if (!wanted.includes(task.status)) return { status: 200, message: 'Not wanted here.' };
	const { reference = task.orderReference } = vouched;
	return { status: 200, message: 'Received.', task: { ...task, orderReference: reference } };
}

/** Of whatever type the call says that its JSON is: n8n reads one of them only, and not every provider names its own. */
function taskIdIn({ context, provider }: Connection<IWebhookFunctions>): string | undefined {
	const query = context.getQueryData();
	const { rawBody } = context.getRequestObject();
	return (
		provider.readCallback?.(context.getBodyData(), query) ??
		provider.readCallback?.(parseJson(rawBody?.toString() ?? ''), query)
	);
}
