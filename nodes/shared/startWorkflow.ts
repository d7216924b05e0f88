// Answers a delivery, and starts the workflow that it is for.
import type { INodeExecutionData, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { pause } from '../../pipeline/pause';
import { endWork, keepSeen, markSeen } from '../../pipeline/callbacks/seenDeliveries';
import { settle } from '../../pipeline/settle';

/** Providers wait ten seconds for the answer, and then deliver again. */
const ANSWER_WITHIN_MILLISECONDS = 8000;

/** A delivery on which work has begun. */
export interface AcceptedDelivery {
	/** By which a repeat is known. */
	id: string;
	arrivedAt: number;
	/** What the workflow starts with: the pictures are on their way. */
	items: Promise<INodeExecutionData[]>;
}

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
	if (!isTest(context)) keepSeen(triggerName(context), context.getWorkflowStaticData('node'));
	return { noWebhookResponse: true };
}

/**
 * Starts the workflow. Answers when its items are there, so that a provider delivers again what n8n loses by being
 * stopped meanwhile; but in time, even where pictures take longer.
 */
export async function startWorkflow(
	context: IWebhookFunctions,
	{ id, arrivedAt, items }: AcceptedDelivery,
): Promise<IWebhookResponseData> {
	const trigger = triggerName(context);
	const timeLeft = arrivedAt + ANSWER_WITHIN_MILLISECONDS - Date.now();
	const answer = () => {
		const response = context.getResponseObject();
		if (!response.headersSent) response.status(200).json({ message: 'Received.' });
	};
	const ready = new AbortController();
	void settle(pause(timeLeft, ready.signal)).then(({ ok }) => ok && answer());
	const outcome = await settle(items);
	ready.abort();
	endWork(trigger, id);
	if (!outcome.ok) throw outcome.error;
	// The last thing before n8n gets the static data back to save it.
	if (!isTest(context)) markSeen(trigger, context.getWorkflowStaticData('node'), id);
	answer();
	return { noWebhookResponse: true, workflowData: [outcome.value] };
}

function isTest(context: IWebhookFunctions): boolean {
	return context.getMode() === 'manual';
}
