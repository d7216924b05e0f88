// What is kept with a suspended execution: which tasks each item waits for, and what is to become of them.
import { randomUUID } from 'crypto';

import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	IWebhookFunctions,
} from 'n8n-workflow';

import type { ImageRequest, ImageTask } from '../../providers/contract';
import { digestOf } from '../../providers/digest';
import type { Connection } from '../connection';
import { runIndexOf } from '../context';
import type { OutputSettings } from '../media/outputSettings';
import { keepSuspended, recallSuspended, suspendedExpression } from '../once/nodeMemory';
import type { Told } from '../told/told';
import { resumeUrlOf } from './resumption';

/** A request as far as answers about its task may leave it out; its words and files are not kept. */
export type KeptRequest = Pick<
	ImageRequest,
	'model' | 'size' | 'format' | 'quality' | 'outputFormat' | 'count' | 'orderReference'
>;

/** One of several formats, or of several images that each have a task. */
export type KeptPart = Pick<KeptRequest, 'size' | 'format' | 'count'> & Pick<ImageTask, 'replayed'>;

/** With what is to become of its images, and what was told of it when its tasks were started. */
export interface SuspendedItem extends OutputSettings, Told {
	/** In the order of the item's images. Empty for an item that waits for nothing. */
	taskIds: string[];
	request?: KeptRequest;
	/** For each task what is its own, where there are several or they make formats. */
	parts?: KeptPart[];
	/** Whether the provider calls back for the tasks of this item. */
	callsBack: boolean;
	/** What an item has become that waits for nothing: its error. */
	output?: INodeExecutionData;
	/** What came in. While it waits, n8n holds in its place what goes on at the time limit. */
	input?: KeptInput;
}

/** How the item that waits differs from what came in. */
export interface KeptInput {
	/** What of the row isn't in it, or has another value there. */
	hidden: IDataObject;
	/** Its fields that aren't the row's. */
	added: string[];
	/** The names of the row's fields in their order, where they would come back in another one. */
	names?: string[];
}

/** Raised when what stands below gets another meaning: what another version has suspended goes on at its time limit. */
const VERSION = 1;

export interface Suspension {
	version: typeof VERSION;
	/** Tells it from every other suspension. */
	id: string;
	/** Which of the node's runs it belongs to, and with which parameters: with others, its tasks aren't what is wanted. */
	origin: string;
	/** One for each input item, in order. */
	items: SuspendedItem[];
	/** Whether an item that fails becomes an item with its error, in place of ending the execution. */
	continueOnFail: boolean;
	/** When its tasks had been started, in milliseconds since 1970. */
	startedAt: number;
	/** Where the execution is called back; a caller needs a token of its own besides. */
	resumeUrl: string;
}

/**
 * n8n takes in a few callbacks a second only, and breaks down under a burst of them. So of many items a few call back,
 * evenly spread and the last one always; the node then asks about all of them.
 */
const MAX_CALLING_ITEMS = 5;

/** Whether the tasks of this item are to call back. */
export function isCallingItem(itemIndex: number, itemCount: number): boolean {
	const calling = Math.min(itemCount, MAX_CALLING_ITEMS);
	const upTo = (count: number) => Math.floor((count * calling) / itemCount);
	return upTo(itemIndex + 1) > upTo(itemIndex);
}

export function createSuspension(
	{ context, clock }: Pick<Connection<IExecuteFunctions>, 'context' | 'clock'>,
	items: SuspendedItem[],
): Suspension {
	const origin = originOf(context);
	return {
		version: VERSION,
		id: randomUUID(),
		origin,
		items,
		continueOnFail: context.continueOnFail(),
		startedAt: clock.now(),
		resumeUrl: resumeUrlOf(context),
	};
}

export function keptRequest(request: ImageRequest): KeptRequest {
	const { model, size, quality, outputFormat, count, orderReference } = request;
	return { model, size, quality, outputFormat, count, orderReference };
}

export function keptParts(tasks: ImageTask[]): KeptPart[] {
	return tasks.map(({ asked: { size, format, count = 1 } = {}, replayed }) => ({
		size,
		format,
		count,
		replayed,
	}));
}

/** A task's request as a provider takes it, for reading an answer. */
export function restoredRequest(
	{ request, parts }: SuspendedItem,
	task: number,
): ImageRequest | undefined {
	if (!request) return undefined;
	const { size, format, count } = parts?.[task] ?? request;
	return { ...request, size, format, count, prompt: '', references: [] };
}

export function keepSuspension(context: IExecuteFunctions, suspension: Suspension): void {
	keepSuspended(context, JSON.stringify(suspension));
}

/** What this run of the node waits for, when n8n runs it again after a callback. */
export function ownSuspension(context: IExecuteFunctions): Suspension | undefined {
	const suspension = parsed(recallSuspended(context));
	return suspension?.origin === originOf(context) ? suspension : undefined;
}

export function forgetSuspension(context: IExecuteFunctions): void {
	keepSuspended(context, undefined);
}

/** The same for a callback that comes meanwhile. Undefined where the execution waits for something else. */
export function calledSuspension(context: IWebhookFunctions): Suspension | undefined {
	// A webhook is given no other way to n8n's memory of its node.
	return parsed(context.evaluateExpression(suspendedExpression(context.getNode().name)));
}

/** What an item has become that waits for nothing. */
export function waitsForNothing(output?: INodeExecutionData): SuspendedItem {
	return { taskIds: [], output, callsBack: false };
}

function originOf(context: IExecuteFunctions): string {
	const origin = [runIndexOf(context), context.getNode().parameters];
	return digestOf(JSON.stringify(origin));
}

function parsed(saved: unknown): Suspension | undefined {
	if (typeof saved !== 'string') return undefined;
	const suspension = JSON.parse(saved) as Suspension;
	return suspension.version === VERSION ? suspension : undefined;
}
