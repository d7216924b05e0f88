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
import { leftOfItemInWords, NO_OTHER_WORK, otherWorkInWords, type OtherWork } from './otherWork';

type NodeFailure = NodeApiError | NodeOperationError;

/** What has become of an item that failed. `mayBeCharged` only of work that is paid for. */
type FailedOutcome = Pick<ItemOutcome<unknown>, 'taskIds' | 'left'> & { mayBeCharged?: boolean };

/** n8n's error for a failure, with what a person can still have. Without an item, it is of all of them together. */
export function toNodeError(
	node: INode,
	error: Error,
	itemIndex: number | undefined,
	other = NO_OTHER_WORK,
): NodeFailure {
	if (!(error instanceof ImageFailure))
		return withOtherWork(asNodeError(node, error, itemIndex), other);
	const { details } = error;
	const description = describe(details, other);
	if (details.kind === 'badInput' || details.kind === 'costLimit') {
		const shown = new NodeOperationError(node, details.message, { itemIndex, description });
		return withOwnWords(shown, details);
	}
	const shown = {
		message: details.message,
		description,
		httpCode: details.status === undefined ? undefined : String(details.status),
	};
	const apiError = new NodeApiError(node, { ...shown } as JsonObject, { ...shown, itemIndex });
	return withOwnWords(apiError, details);
}

/**
 * n8n has put a sentence of its own in place of a message with the code of a network's error anywhere in it, even within a
 * word: one of these sentences says to turn on Retry On Fail, whatever may have been charged.
 */
function withOwnWords(error: NodeFailure, { message }: FailureDetails): NodeFailure {
	error.message = message;
	return error;
}

/** n8n's own, such as that of an expression, or a defect. */
function asNodeError(node: INode, error: Error, itemIndex: number | undefined): NodeFailure {
	const isShown = error instanceof NodeApiError || error instanceof NodeOperationError;
	return isShown ? error : new NodeOperationError(node, error, { itemIndex });
}

function withOtherWork(error: NodeFailure, other: OtherWork): NodeFailure {
	const description = [error.description, ...otherWorkInWords(other)].filter(Boolean).join('\n');
	if (description !== '') error.description = description;
	return error;
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

function factsOf(error: Error, { taskIds, left, mayBeCharged }: FailedOutcome): IDataObject {
	const details = error instanceof ImageFailure ? error.details : undefined;
	const facts: IDataObject = { status: 'failed' };
	if (details) facts.kind = details.kind;
	if (mayBeCharged !== undefined) facts.mayBeCharged = mayBeCharged;
	const advice = [details?.advice, ...leftOfItemInWords(left)].filter(Boolean).join(' ');
	if (advice !== '') facts.advice = advice;
	if (details) {
		if (details.status !== undefined) facts.httpStatus = details.status;
		if (details.code !== undefined) facts.code = details.code;
		if (details.orderReference !== undefined) facts.reference = details.orderReference;
	}
	const all = [...new Set([details?.taskId ?? [], taskIds].flat())];
	if (all.length > 0) facts.taskId = all[0];
	if (all.length > 1) facts.taskIds = all;
	return facts;
}

function describe(details: FailureDetails, other: OtherWork): string {
	const { advice, taskId, status, code, requestId, excerpt, orderReference } = details;
	const facts = [
		taskId && `Task ID: ${taskId}`,
		orderReference && `Your reference: ${orderReference}`,
		code && `Code: ${code}`,
		status && `HTTP status: ${status}`,
		requestId && `Request ID: ${requestId}`,
		excerpt && `Answer: ${excerpt}`,
	].filter(Boolean);
	return [advice, ...otherWorkInWords(other), facts.join(' · ')].filter(Boolean).join('\n');
}
