// Starts the workflow that a delivery is for, and tells the provider so when nothing can be lost any more.
import {
	sleep,
	type INodeExecutionData,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';

import { keepSeen } from '../../pipeline/seenDeliveries';
import { settle } from '../../pipeline/settle';

/** Providers wait at least about 10 s for an answer, and n8n has work to do behind us. */
const PATIENCE_MILLISECONDS = 4000;

/** What n8n answers when it has stored the execution. Of itself it would take its own "firstEntryJson" for the text. */
export const STORED_ANSWER = '={{ ({ message: "Received." }) }}';

/** By this name a trigger remembers its deliveries. */
export function triggerName(context: IWebhookFunctions): string {
	return `${context.getWorkflow().id}/${context.getNode().id}`;
}

/** Answers a delivery that starts nothing. */
export function answerOnly(
	context: IWebhookFunctions,
	status: number,
	message: string,
): IWebhookResponseData {
	context.getResponseObject().status(status).json({ message });
	keepUpToDate(context);
	return { noWebhookResponse: true };
}

/**
 * Left to n8n, the answer goes out when n8n has stored the execution: until then the provider would deliver again.
 * Items that take longer than the provider may wait, such as many pictures, are not waited for with the answer.
 */
export async function startWorkflow(
	context: IWebhookFunctions,
	items: Promise<INodeExecutionData[]>,
): Promise<IWebhookResponseData> {
	const isReady = await isReadySoon(items);
	if (!isReady) context.getResponseObject().status(200).json({ message: 'Received.' });
	const workflowData = [await items];
	keepUpToDate(context);
	return isReady ? { workflowData } : { noWebhookResponse: true, workflowData };
}

async function isReadySoon(items: Promise<unknown>): Promise<boolean> {
	const wait = new AbortController();
	const ready = settle(items).then(() => true);
	const tooLate = settle(sleep(PATIENCE_MILLISECONDS, wait.signal)).then(() => false);
	const isReady = await Promise.race([ready, tooLate]);
	wait.abort();
	return isReady;
}

/** To be called last, before n8n saves the static data. */
function keepUpToDate(context: IWebhookFunctions): void {
	if (context.getMode() === 'manual') return;
	keepSeen(triggerName(context), context.getWorkflowStaticData('node'));
}
