// One finished image as an output item: what is known of it, the picture itself, and what it cost.
import type { IBinaryKeyData, IDataObject, INodeExecutionData } from 'n8n-workflow';

import type { ImageTask } from '../../providers/contract';
import type { Connection } from '../connection';
import { isRepeated } from '../told/repeats';
import { shareOf } from './costShares';
import type { FileName } from './fileNames';
import { isWebAddress } from './imageDownload';
import { ownLink, type Link } from './ownLinks';
import type { OutputSettings } from './outputSettings';
import { partialFiles } from './partialImages';
import type { StoredImage } from './store/storedImage';

/** Which image it is, and what its file is called. */
export interface Place {
	/** Within its task, from 0. */
	index: number;
	/** Among all that were ordered together, from 0. */
	number: number;
	/** How many were ordered together. */
	count: number;
	name: FileName;
}

export interface ItemOptions extends OutputSettings {
	itemIndex: number;
}

/** Which of the task's items it is, from 0, and how many there are: these share its cost. */
export interface Share {
	index: number;
	of: number;
}

export function imageItem(
	connection: Connection,
	task: ImageTask,
	place: Place,
	options: ItemOptions,
	stored: StoredImage | undefined,
	share: Share,
): INodeExecutionData {
	const { revisedPrompt, partials, stored: cameInside } = task.images[place.index]!;
	const link = linkFor(
		connection,
		task,
		place.index,
		options.binaryField === undefined ? stored : undefined,
	);
	const json: IDataObject = {
		...placeJson(connection, task, place, options),
		revisedPrompt,
		seed: task.seed,
		width: stored?.facts.width,
		height: stored?.facts.height,
		mimeType: stored?.mimeType,
		fileName: stored?.binary.fileName,
		fileSize: stored?.facts.bytes,
		url: link?.url,
		expiresAt: timeText(link ? link.expiresAt : task.expiresAt),
		// Counted for the whole task, so that it stands on its first item only.
		usage: share.index === 0 ? (task.usage as IDataObject | undefined) : undefined,
		cost: task.cost && (shareOf(task.cost, share.index, share.of) as unknown as IDataObject),
	};
	// A picture that came inside the answer has no other place: it is never left out, whatever was asked for.
	const isPutOut = options.binaryField !== undefined || cameInside !== undefined;
	const field = fieldOf(options, place);
	const binary: IBinaryKeyData | undefined =
		stored && isPutOut
			? {
					[field]: stored.binary,
					...partialFiles(connection, partials, field, place.name),
				}
			: undefined;
	return { json: definedFields(json), binary, pairedItem: { item: options.itemIndex } };
}

/** Which image of which task it is. */
export function placeJson(
	{ context, provider }: Connection,
	task: ImageTask,
	{ number, count }: Place,
	{ prompt, tellsOrderedBefore, itemIndex }: ItemOptions,
): IDataObject {
	return {
		taskId: task.id || undefined,
		provider: provider.id,
		model: task.model,
		prompt: prompt ?? task.asked?.prompt,
		reference: task.orderReference,
		orderedBefore: tellsOrderedBefore ? isRepeated(context, itemIndex) : undefined,
		status: task.status,
		index: number,
		count,
		format: formatOf(task),
	};
}

/** What it was made for, where several formats were made of one idea. */
export function formatOf({ asked }: ImageTask): IDataObject | undefined {
	return asked?.format && { ...asked.format };
}

/** The binary field of a picture: a numbered one where several are in one item. */
export function fieldOf(
	{ binaryField = 'data', groupImages }: OutputSettings,
	{ number }: Pick<Place, 'number'>,
): string {
	return groupImages ? `${binaryField}_${number + 1}` : binaryField;
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

export function definedFields(json: IDataObject): IDataObject {
	return Object.fromEntries(Object.entries(json).filter(([, value]) => value !== undefined));
}

/** The provider's link; one into n8n where there is none, or where that was made since it lives longer. */
function linkFor(
	connection: Connection,
	task: ImageTask,
	index: number,
	stored: StoredImage | undefined,
): Link | undefined {
	const own = ownLink(connection, stored);
	if (own) return own;
	const url = linkOf(task, index);
	return url === undefined ? undefined : { url, expiresAt: task.expiresAt };
}
