// What is kept with a suspended execution: which tasks each item waits for, and what is to become of them.
import { randomUUID } from 'crypto';

import type { IExecuteFunctions, INodeExecutionData, IWebhookFunctions } from 'n8n-workflow';

import type { ImageRequest } from '../providers/contract';

/** A request as far as answers about its task may leave it out; its words and files are not kept. */
export type KeptRequest = Pick<
	ImageRequest,
	'model' | 'size' | 'quality' | 'outputFormat' | 'count'
>;

export interface SuspendedItem {
	/** In the order of the item's images. Empty for an item that waits for nothing. */
	taskIds: string[];
	request?: KeptRequest;
	/** The field for the image file; undefined for links only. */
	binaryField?: string;
	/** What an item has become that waits for nothing: its error. */
	output?: INodeExecutionData[];
}

/** By item. */
export type SuspendedItems = Map<number, SuspendedItem>;

export interface Suspension {
	/** Tells it from every other suspension. */
	id: string;
	/** One for each input item, in order. */
	items: SuspendedItem[];
	/** Whether an item that fails becomes an item with its error, in place of ending the execution. */
	continueOnFail: boolean;
}

export function createSuspension(items: SuspendedItem[], continueOnFail: boolean): Suspension {
	return { id: randomUUID(), items, continueOnFail };
}

export function keptRequest(request: ImageRequest): KeptRequest {
	const { model, size, quality, outputFormat, count } = request;
	return { model, size, quality, outputFormat, count };
}

/** The request as a provider takes it, for reading an answer. */
export function restoredRequest(kept: KeptRequest): ImageRequest {
	return { ...kept, prompt: '', references: [] };
}

/** n8n saves its memory of the node with the execution. As text, it comes back as it was. */
export function keepSuspension(context: IExecuteFunctions, suspension: Suspension): void {
	context.getContext('node').suspension = JSON.stringify(suspension);
}

/** Undefined where the execution waits for something else. */
export function recallSuspension(context: IWebhookFunctions): Suspension | undefined {
	// Braces would end the expression, and a node's name may have some.
	const name = JSON.stringify(context.getNode().name)
		.replace(/[{]/g, '\\u007b')
		.replace(/[}]/g, '\\u007d');
	// A webhook is given no other way to n8n's memory of its node.
	const saved = context.evaluateExpression(`{{ $node[${name}].context.suspension }}`);
	return typeof saved === 'string' ? (JSON.parse(saved) as Suspension) : undefined;
}
