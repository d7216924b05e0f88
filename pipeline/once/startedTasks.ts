// The creates that an execution has sent to a provider that knows no idempotency keys: kept in n8n's memory of the node,
// so that n8n's Retry On Fail takes a started task up again, and sends none a second time that may have been done.
import type { IExecuteFunctions } from 'n8n-workflow';

import type { ImageTask } from '../../providers/contract';
import type { Connection } from '../connection';

/** What the output needs of a finished task. n8n saves it as JSON, so its times are text. */
interface KeptLinks extends Pick<ImageTask, 'model' | 'images' | 'failure' | 'usage' | 'cost'> {
	expiresAt?: string;
}

interface NodeMemory {
	startedTasks?: Record<string, string>;
	finishedTasks?: Record<string, KeptLinks>;
	unknownCreates?: string[];
}

/** The id of the task that an earlier try has started under this key. */
export function recallTask(context: IExecuteFunctions, key: string): string | undefined {
	return memoryOf(context).startedTasks?.[key];
}

export function keepTask(context: IExecuteFunctions, key: string, taskId: string): void {
	(memoryOf(context).startedTasks ??= {})[key] = taskId;
}

/** The task that an earlier try has finished under this key, where only its pictures were still to be fetched. */
export function recallLinks(context: IExecuteFunctions, key: string): ImageTask | undefined {
	const kept = memoryOf(context).finishedTasks?.[key];
	if (!kept) return undefined;
	const { expiresAt, ...facts } = kept;
	return {
		id: '',
		status: 'succeeded',
		...facts,
		expiresAt: expiresAt === undefined ? undefined : new Date(expiresAt),
		raw: {},
	};
}

/** Keeps a finished task that can't be looked up by an id, as long as its pictures lie at links. Others came with the answer. */
export function keepLinks(
	context: IExecuteFunctions,
	key: string,
	{ status, model, images, failure, usage, cost, expiresAt }: ImageTask,
): void {
	const areLinks = images.every(({ url, stored }) => url !== undefined && stored === undefined);
	if (status !== 'succeeded' || images.length === 0 || !areLinks) return;
	const facts = { model, images, failure, usage, cost, expiresAt: expiresAt?.toISOString() };
	(memoryOf(context).finishedTasks ??= {})[key] = facts;
}

/** Whether an earlier try's create under this key got no answer, so that it may have been done and charged. */
export function wasUnknown(context: IExecuteFunctions, key: string): boolean {
	return memoryOf(context).unknownCreates?.includes(key) === true;
}

export function keepUnknown(context: IExecuteFunctions, key: string): void {
	(memoryOf(context).unknownCreates ??= []).push(key);
}

/** n8n saves what a node has done when the node has ended. Should n8n die before, its log still has the id. */
export function logStart(
	{ context, provider, redact }: Connection<IExecuteFunctions>,
	taskId: string,
	itemIndex: number,
): void {
	const place = `item ${itemIndex} of ${context.getNode().name}, execution ${context.getExecutionId()}`;
	context.logger.info(redact.text(`${provider.name} has started the task ${taskId} (${place}).`));
}

/** It lasts as long as the execution. */
function memoryOf(context: IExecuteFunctions): NodeMemory {
	return context.getContext('node') as NodeMemory;
}
