// What is kept with a suspended execution: which tasks each item waits for, and what is to become of them.
import { createHash, randomUUID } from 'crypto';

import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	IWebhookFunctions,
} from 'n8n-workflow';

import type { ImageRequest } from '../../providers/contract';
import { runIndexOf } from '../context';
import { resumeUrlOf } from './resumption';

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
	/** Whether the provider calls back for the tasks of this item. */
	callsBack: boolean;
	/** What an item has become that waits for nothing: its error. */
	output?: INodeExecutionData;
	/** What came in. While it waits, n8n holds in its place what goes on at the time limit. */
	input?: KeptInput;
}

/** The whole item where it waits for nothing; else the fields of its json that now tell of its tasks. */
export type KeptInput = { item: INodeExecutionData } | { hidden: IDataObject };

/** By item. */
export type SuspendedItems = Map<number, SuspendedItem>;

export interface Suspension {
	/** Tells it from every other suspension. */
	id: string;
	/** Which of the node's runs it belongs to, and with which parameters: with others, its tasks aren't what is wanted. */
	origin: string;
	/** One for each input item, in order. */
	items: SuspendedItem[];
	/** Whether an item that fails becomes an item with its error, in place of ending the execution. */
	continueOnFail: boolean;
	/** When its tasks had been started, in milliseconds since 1970. Missing in what an older version has kept. */
	startedAt?: number;
	/** Where the execution is called back; a caller needs a token of its own besides. */
	resumeUrl: string;
}

/**
 * n8n takes in a few callbacks a second only, and breaks down under a burst of them. So of many items a few call back,
 * evenly spread and the last one always; the node then asks about all of them.
 */
const MOST_CALLING_ITEMS = 5;

/** Whether the tasks of this item are to call back. */
export function isCallingItem(itemIndex: number, itemCount: number): boolean {
	const calling = Math.min(itemCount, MOST_CALLING_ITEMS);
	const upTo = (count: number) => Math.floor((count * calling) / itemCount);
	return upTo(itemIndex + 1) > upTo(itemIndex);
}

export function createSuspension(context: IExecuteFunctions, items: SuspendedItem[]): Suspension {
	const origin = originOf(context);
	return {
		id: randomUUID(),
		origin,
		items,
		continueOnFail: context.continueOnFail(),
		startedAt: Date.now(),
		resumeUrl: resumeUrlOf(context),
	};
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

/** What this run of the node waits for, when n8n runs it again after a callback. */
export function ownSuspension(context: IExecuteFunctions): Suspension | undefined {
	const suspension = parsed(context.getContext('node').suspension);
	return suspension?.origin === originOf(context) ? suspension : undefined;
}

export function forgetSuspension(context: IExecuteFunctions): void {
	delete context.getContext('node').suspension;
}

/** The same for a callback that comes meanwhile. Undefined where the execution waits for something else. */
export function calledSuspension(context: IWebhookFunctions): Suspension | undefined {
	// Braces would end the expression, and a node's name may have some.
	const name = JSON.stringify(context.getNode().name)
		.replace(/[{]/g, '\\u007b')
		.replace(/[}]/g, '\\u007d');
	// A webhook is given no other way to n8n's memory of its node.
	return parsed(context.evaluateExpression(`{{ $node[${name}].context.suspension }}`));
}

function originOf(context: IExecuteFunctions): string {
	const origin = [runIndexOf(context), context.getNode().parameters];
	return createHash('sha256').update(JSON.stringify(origin)).digest('hex');
}

function parsed(saved: unknown): Suspension | undefined {
	return typeof saved === 'string' ? (JSON.parse(saved) as Suspension) : undefined;
}
