// Turns failures into what n8n shows: an error that says what happened and what to do, or an item that carries it on.
import {
	NodeApiError,
	NodeOperationError,
	type IDataObject,
	type INode,
	type INodeExecutionData,
	type JsonObject,
} from 'n8n-workflow';

import { ImageFailure, type FailureDetails } from '../../providers/failure';

type NodeFailure = NodeApiError | NodeOperationError;

/** n8n's error for a failure. `otherTasks` had been started too; `finishedItems` items have their images. */
export function toNodeError(
	node: INode,
	error: Error,
	itemIndex: number,
	otherTasks: string[] = [],
	finishedItems = 0,
): NodeFailure {
	if (error instanceof NodeApiError || error instanceof NodeOperationError) return error;
	if (!(error instanceof ImageFailure)) return new NodeOperationError(node, error, { itemIndex });
	const { details } = error;
	const description = describe(details, otherTasks, finishedItems);
	if (details.kind === 'badInput') {
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
 * json, and knows one for its error output by a json of `error` and `details` only: so the facts lie there.
 */
export function toErrorItem(
	node: INode,
	error: Error,
	itemIndex: number,
	startedTasks: string[],
): INodeExecutionData {
	const { message } = toNodeError(node, error, itemIndex);
	const facts = factsOf(error, startedTasks);
	const json: IDataObject =
		node.onError === 'continueErrorOutput'
			? { error: message, details: facts }
			: { error: message, ...facts };
	return { json, pairedItem: { item: itemIndex } };
}

function factsOf(error: Error, startedTasks: string[]): IDataObject {
	const details = error instanceof ImageFailure ? error.details : undefined;
	const facts: IDataObject = {};
	if (details) {
		facts.kind = details.kind;
		facts.advice = details.advice;
		if (details.status !== undefined) facts.httpStatus = details.status;
		if (details.code !== undefined) facts.code = details.code;
	}
	const taskId = details?.taskId ?? startedTasks[0];
	if (taskId !== undefined) facts.taskId = taskId;
	if (startedTasks.length > 1) facts.taskIds = startedTasks;
	return facts;
}

function describe(details: FailureDetails, otherTasks: string[], finishedItems: number): string {
	const { advice, taskId, status, code, requestId, excerpt } = details;
	const facts = [
		taskId && `Task ID: ${taskId}`,
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
