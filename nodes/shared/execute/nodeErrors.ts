// Turns failures into what n8n shows: an error that says what happened and what to do, or an item that carries it on.
import {
	NodeApiError,
	NodeOperationError,
	type IDataObject,
	type IExecuteFunctions,
	type INode,
	type INodeExecutionData,
	type JsonObject,
} from 'n8n-workflow';

import type { ItemOutcome } from '../../../pipeline/session';
import { ImageFailure, type FailureDetails } from '../../../providers/failure';

type NodeFailure = NodeApiError | NodeOperationError;

/** What has become of an item that failed. `mayBeCharged` only of work that is paid for. */
type FailedOutcome = Pick<ItemOutcome<unknown>, 'taskIds'> & { mayBeCharged?: boolean };

/** n8n's error for a failure. `otherTasks` had been started too; `finishedItems` items have their images. */
export function toNodeError(
	node: INode,
	error: Error,
	itemIndex: number,
	otherTasks: readonly string[] = [],
	finishedItems = 0,
): NodeFailure {
	if (error instanceof NodeApiError || error instanceof NodeOperationError) return error;
	if (!(error instanceof ImageFailure)) return new NodeOperationError(node, error, { itemIndex });
	const { details } = error;
	const description = describe(details, otherTasks, finishedItems);
	if (details.kind === 'badInput' || details.kind === 'costLimit') {
		return new NodeOperationError(node, details.message, { itemIndex, description });
	}
	const shown = {
		message: details.message,
		description,
		httpCode: details.status === undefined ? undefined : String(details.status),
	};
	return new NodeApiError(node, { ...shown } as JsonObject, { ...shown, itemIndex });
}

/**
 * The item that continues the workflow in place of the images. n8n empties every item that has an `error` beside its
 * json, and knows one for its error output by a json of `error` and `message` only, the one pair that every version
 * takes: so the facts lie in `error`.
 */
export function toErrorItem(
	context: IExecuteFunctions,
	error: Error,
	itemIndex: number,
	outcome: FailedOutcome,
): INodeExecutionData {
	const node = context.getNode();
	const { message } = toNodeError(node, error, itemIndex);
	const facts = { ...ordered(context, itemIndex), ...factsOf(error, outcome) };
	const json: IDataObject =
		node.onError === 'continueErrorOutput'
			? { error: facts, message }
			: { error: message, ...facts };
	return { json, pairedItem: { item: itemIndex } };
}

/** What was to be made of the item, as far as that can be read: it may be what has failed. */
function ordered(context: IExecuteFunctions, itemIndex: number): IDataObject {
	try {
		const prompt: unknown = context.getNodeParameter('prompt', itemIndex, '');
		return typeof prompt === 'string' && prompt !== '' ? { prompt } : {};
	} catch {
		return {};
	}
}

function factsOf(error: Error, { taskIds, mayBeCharged }: FailedOutcome): IDataObject {
	const details = error instanceof ImageFailure ? error.details : undefined;
	const facts: IDataObject = { status: 'failed' };
	if (details) facts.kind = details.kind;
	if (mayBeCharged !== undefined) facts.mayBeCharged = mayBeCharged;
	if (details) {
		facts.advice = details.advice;
		if (details.status !== undefined) facts.httpStatus = details.status;
		if (details.code !== undefined) facts.code = details.code;
		if (details.orderReference !== undefined) facts.reference = details.orderReference;
	}
	const taskId = details?.taskId ?? taskIds[0];
	if (taskId !== undefined) facts.taskId = taskId;
	if (taskIds.length > 1) facts.taskIds = [...taskIds];
	return facts;
}

function describe(
	details: FailureDetails,
	otherTasks: readonly string[],
	finishedItems: number,
): string {
	const { advice, taskId, status, code, requestId, excerpt, orderReference } = details;
	const facts = [
		taskId && `Task ID: ${taskId}`,
		orderReference && `Your reference: ${orderReference}`,
		code && `Code: ${code}`,
		status && `HTTP status: ${status}`,
		requestId && `Request ID: ${requestId}`,
		excerpt && `Answer: ${excerpt}`,
	].filter(Boolean);
	const others =
		otherTasks.length > 0 &&
		`These tasks had been started too. They go on, and Task: Get fetches their images: ${otherTasks.join(', ')}.`;
	const finished =
		finishedItems > 0 &&
		`${finishedItems === 1 ? 'One other item was' : `${finishedItems} other items were`} finished before. To have that work without paying again, retry this execution in n8n's list of executions, or set Retry On Fail. With On Error set to Continue it goes on to the next node.`;
	return [advice, finished, others, facts.join(' · ')].filter(Boolean).join('\n');
}
