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

import type { LeftWork } from '../../../pipeline/once';
import type { ItemOutcome } from '../../../pipeline/session';
import { ImageFailure, type FailureDetails } from '../../../providers/failure';

type NodeFailure = NodeApiError | NodeOperationError;

/** What has become of an item that failed. `mayBeCharged` only of work that is paid for. */
type FailedOutcome = Pick<ItemOutcome<unknown>, 'taskIds' | 'left'> & { mayBeCharged?: boolean };

/** What a run had paid for besides what has failed: the images of `finishedItems`, and `images` of items that aren't. */
interface OtherWork extends Readonly<LeftWork> {
	finishedItems: number;
	/** Where its tasks are batches. */
	areBatches?: boolean;
}

const NO_OTHER_WORK: OtherWork = { finishedItems: 0, taskIds: [], images: 0, unknown: 0 };

/** n8n's error for a failure, with what a person can still have. */
export function toNodeError(
	node: INode,
	error: Error,
	itemIndex: number,
	other = NO_OTHER_WORK,
): NodeFailure {
	if (!(error instanceof ImageFailure))
		return withOtherWork(asNodeError(node, error, itemIndex), other);
	const { details } = error;
	const description = describe(details, other);
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

/** n8n's own, such as that of an expression, or a defect. */
function asNodeError(node: INode, error: Error, itemIndex: number): NodeFailure {
	const isShown = error instanceof NodeApiError || error instanceof NodeOperationError;
	return isShown ? error : new NodeOperationError(node, error, { itemIndex });
}

function withOtherWork(error: NodeFailure, other: OtherWork): NodeFailure {
	const description = [error.description, ...inWords(other)].filter(Boolean).join('\n');
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
	const advice = [details?.advice, ...ofOneItem(left)].filter(Boolean).join(' ');
	if (advice !== '') facts.advice = advice;
	if (details) {
		if (details.status !== undefined) facts.httpStatus = details.status;
		if (details.code !== undefined) facts.code = details.code;
		if (details.orderReference !== undefined) facts.reference = details.orderReference;
	}
	const taskId = details?.taskId ?? taskIds[0];
	if (taskId !== undefined) facts.taskId = taskId;
	if (taskIds.length > 1) facts.taskIds = [...taskIds];
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
	return [advice, ...inWords(other), facts.join(' · ')].filter(Boolean).join('\n');
}

/** What was paid for besides, or may have been, and what to do about it. */
function inWords(other: OtherWork): string[] {
	return [...madeBefore(other), ...startedBefore(other), ...lostAnswers(other.unknown)];
}

function startedBefore({ taskIds, areBatches }: OtherWork): string[] {
	if (taskIds.length === 0) return [];
	const ids = taskIds.join(', ');
	return [
		areBatches
			? `This batch had been made before. Batch: Get Results fetches its images without paying again: ${ids}.`
			: `These tasks had been started too. Task: Get fetches their images without paying again: ${ids}.`,
	];
}

function madeBefore({ finishedItems, images }: OtherWork): string[] {
	if (finishedItems + images === 0) return [];
	const ofFinished =
		finishedItems === 1
			? 'One other item was finished before.'
			: `${finishedItems} other items were finished before.`;
	const ofOthers =
		images === 1
			? 'One image was made for an item that is not finished.'
			: `${images} images were made for items that are not finished.`;
	const made = [
		finishedItems > 0 && ofFinished,
		images > 0 && ofOthers,
		"To have that work without paying again, retry this execution in n8n's list of executions, or set Retry On Fail. What the node asks for otherwise by then is ordered anew. With On Error set to Continue it goes on to the next node.",
	];
	return [made.filter(Boolean).join(' ')];
}

function lostAnswers(unknown: number): string[] {
	if (unknown === 0) return [];
	const which = unknown === 1 ? 'One other request was' : `${unknown} other requests were`;
	return [
		`${which} sent, and no usable answer came. What was sent may have been done and charged. Retry in n8n's list of executions pays nothing twice; starting the workflow anew may. Look into your account first.`,
	];
}

/** The same on the item itself, where the workflow goes on. */
function ofOneItem({ images, unknown }: FailedOutcome['left']): string[] {
	return [...madeForOne(images), ...lostAnswers(unknown)];
}

function madeForOne(images: number): string[] {
	if (images === 0) return [];
	return [
		images === 1
			? 'One image of this item was made before. To have it without paying again, retry the execution that made it.'
			: `${images} images of this item were made before. To have them without paying again, retry the execution that made them.`,
	];
}
