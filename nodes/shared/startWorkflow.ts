// Answers a delivery, and starts the workflow that it is for.
import type { INodeExecutionData, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { keepSeen } from '../../pipeline/seenDeliveries';

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

/** Answers here and not through n8n, because fetching the pictures may take longer than the provider waits. */
export async function startWorkflow(
	context: IWebhookFunctions,
	message: string,
	items: Promise<INodeExecutionData[]>,
): Promise<IWebhookResponseData> {
	context.getResponseObject().status(200).json({ message });
	const workflowData = [await items];
	keepUpToDate(context);
	return { noWebhookResponse: true, workflowData };
}

/** To be called last, before n8n saves the static data. */
function keepUpToDate(context: IWebhookFunctions): void {
	if (context.getMode() === 'manual') return;
	keepSeen(triggerName(context), context.getWorkflowStaticData('node'));
}
