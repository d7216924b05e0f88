// Answers a delivery, and starts the workflow that it is for.
import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import type { ImageTask } from '../../providers/contract';
import { beginDelivery, isUnderWay } from './deliveriesUnderWay';
import { alreadySeen, keepSeen, markSeen } from './seenDeliveries';

/** What a delivery is answered. */
export interface DeliveryAnswer {
	status: number;
	message: string;
}

/** What to answer to one that has come before. Repeats are welcome in a test, where n8n saves nothing either. */
export function answerToRepeat(context: IWebhookFunctions, id: string): DeliveryAnswer | undefined {
	if (isTest(context)) return undefined;
	const trigger = triggerName(context);
	if (isUnderWay(trigger, id)) {
		return { status: 503, message: 'n8n is starting its workflow. Please deliver again.' };
	}
	return alreadySeen(trigger, context.getWorkflowStaticData('node'), id)
		? { status: 200, message: 'Already received.' }
		: undefined;
}

/** By this name a trigger remembers its deliveries. */
export function triggerName(context: IWebhookFunctions): string {
	return `${context.getWorkflow().id}/${context.getNode().id}`;
}

/** Answers a delivery that starts nothing. */
export function answerOnly(
	context: IWebhookFunctions,
	{ status, message }: DeliveryAnswer,
): IWebhookResponseData {
	context.getResponseObject().status(status).json({ message });
	if (!isTest(context)) keepSeen(triggerName(context), context.getWorkflowStaticData('node'));
	return { noWebhookResponse: true };
}

/**
 * Starts the workflow with what is known of the delivery, unless it repeats another one of this ID. The pictures come when the
 * trigger is executed: only then has n8n a place for the execution's files, a record that survives a crash, and a Stop.
 */
export function startWorkflow(
	context: IWebhookFunctions,
	id: string,
	known: IDataObject,
): IWebhookResponseData {
	// Another delivery may have got here while this one was judged: so nothing is awaited between the two.
	const repeated = answerToRepeat(context, id);
	if (repeated) return answerOnly(context, repeated);
	if (!isTest(context)) {
		markSeen(triggerName(context), context.getWorkflowStaticData('node'), id);
		beginDelivery(triggerName(context), id, context.getResponseObject());
	}
	// Since 2.8, n8n sends this when it has made the execution, and an error when it couldn't.
	return { webhookResponse: { message: 'Received.' }, workflowData: [[{ json: known }]] };
}

function isTest(context: IWebhookFunctions): boolean {
	return context.getMode() === 'manual';
}

/** n8n may send what a workflow is started with to another process, as JSON. */
type TaskAsJson = Omit<ImageTask, 'createdAt' | 'expiresAt'> & {
	createdAt?: string;
	expiresAt?: string;
};

/** Its pictures must be at links: what n8n has stored for a delivery belongs to no execution. */
export function toDelivered({ createdAt, expiresAt, ...task }: ImageTask): IDataObject {
	const json: TaskAsJson = {
		...task,
		createdAt: createdAt?.toISOString(),
		expiresAt: expiresAt?.toISOString(),
	};
	return json as unknown as IDataObject;
}

/** The task of the item that a trigger was started with. */
export function deliveredTask(item: IDataObject): ImageTask {
	const { createdAt, expiresAt, ...task } = item as unknown as TaskAsJson;
	return { ...task, createdAt: dateOf(createdAt), expiresAt: dateOf(expiresAt) };
}

function dateOf(text: string | undefined): Date | undefined {
	return text === undefined ? undefined : new Date(text);
}
