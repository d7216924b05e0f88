// One finished image as an output item: what is known of it, the picture itself, and what it cost.
import { randomBytes } from 'crypto';

import type { IBinaryKeyData, IDataObject, INodeExecutionData } from 'n8n-workflow';

import type { Cost, ImageTask } from '../../providers/contract';
import type { Connection } from '../connection';
import type { PipelineContext } from '../context';
import { isWebAddress } from './imageDownload';
import { partialFiles } from './partialImages';
import type { StoredImage } from './storedImage';

/** Which image it is, and the name of its file without an ending. */
export interface Place {
	/** Within its task, from 0. */
	index: number;
	/** Among all that were ordered together, from 0. */
	number: number;
	/** How many were ordered together. */
	count: number;
	fileName: string;
}

export interface ItemOptions {
	/** The binary field for the picture, or undefined for links only. */
	binaryField?: string;
	itemIndex: number;
}

/** `sharedBy` is how many items share the task's cost. */
export function imageItem(
	connection: Connection,
	task: ImageTask,
	place: Place,
	{ binaryField, itemIndex }: ItemOptions,
	stored: StoredImage | undefined,
	sharedBy: number,
): INodeExecutionData {
	const { revisedPrompt, partials } = task.images[place.index]!;
	const json: IDataObject = {
		...placeJson(connection, task, place),
		status: task.status,
		revisedPrompt,
		width: stored?.facts.width,
		height: stored?.facts.height,
		mimeType: stored?.mimeType,
		fileName: stored?.binary.fileName,
		fileSize: stored?.facts.bytes,
		url:
			linkOf(task, place.index) ??
			(binaryField === undefined ? linkTo(connection.context, stored) : undefined),
		expiresAt: timeText(task.expiresAt),
		usage: task.usage as IDataObject | undefined,
		cost: task.cost && (shareOf(task.cost, sharedBy) as unknown as IDataObject),
	};
	// A picture that came inside the answer has no other place: it is never left out, whatever was asked for.
	const field = binaryField ?? 'data';
	const binary: IBinaryKeyData | undefined = stored && {
		[field]: stored.binary,
		...partialFiles(connection, partials, field, place.fileName),
	};
	return { json: withoutGaps(json), binary, pairedItem: { item: itemIndex } };
}

/** Which image of which task it is. */
export function placeJson(
	{ provider }: Connection,
	task: ImageTask,
	{ number, count }: Place,
): IDataObject {
	return {
		taskId: task.id || undefined,
		provider: provider.id,
		model: task.model,
		status: task.status,
		index: number,
		count,
	};
}

/** An image's link, where it is one: what an answer has in its place may be anything. */
export function linkOf({ images }: ImageTask, index: number): string | undefined {
	const url = images[index]?.url;
	return url !== undefined && isWebAddress(url) ? url : undefined;
}

export function linksOf(task: ImageTask): string[] {
	return task.images.flatMap((_, index) => linkOf(task, index) ?? []);
}

/** A time as ISO 8601; undefined for one that can't be. */
export function timeText(time: Date | undefined): string | undefined {
	return time === undefined || Number.isNaN(time.getTime()) ? undefined : time.toISOString();
}

export function withoutGaps(json: IDataObject): IDataObject {
	return Object.fromEntries(Object.entries(json).filter(([, value]) => value !== undefined));
}

/** A link into n8n itself, for an hour, where n8n keeps its files so that it can give one. */
function linkTo(context: PipelineContext, stored: StoredImage | undefined): string | undefined {
	if (!stored?.binary.id || !('createBinarySignedUrl' in context.helpers)) return undefined;
	return context.helpers.createBinarySignedUrl(stored.binary, '1 hour');
}

/** One image's part of a task's cost, so that the sum over all items is what was paid. */
function shareOf(cost: Cost, count: number): Cost {
	return {
		...cost,
		amount: rounded(cost.amount / count),
		...(cost.credits === undefined ? {} : { credits: rounded(cost.credits / count) }),
	};
}

function rounded(value: number): number {
	return Number(value.toFixed(6));
}

/** The provider's task id is part of the name, but the provider can't choose a path or an ending with it. */
export function fileNameOf(provider: string, { id }: ImageTask, index: number): string {
	// Without an id, chance keeps the pictures of one run from overwriting each other where they are saved.
	const origin = id === '' ? randomBytes(6).toString('hex') : id;
	return `${provider}-${origin.replace(/[^\w-]+/g, '_').slice(0, 80)}-${index + 1}`;
}
