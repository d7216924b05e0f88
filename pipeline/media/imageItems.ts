// Turns a task into output items: one per image when it has succeeded, else one that tells how it stands.
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import type { ImageTask } from '../../providers/contract';
import { downloadFailure, ImageFailure } from '../../providers/failure';
import type { Connection } from '../connection';
import { addHint } from '../hints';
import { failureIn, settle, settleAll } from '../settle';
import { downloadImage, isWebAddress, noAddress } from './imageDownload';
import {
	fileNameOf,
	imageItem,
	linksOf,
	timeText,
	withoutGaps,
	type ItemOptions,
	type Place,
} from './imageItem';
import {
	hintAtMissing,
	missingItem,
	noImages,
	noneArrived,
	type MissingImage,
} from './missingImages';
import { named, type StoredImage } from './storedImage';

export interface OutputOptions extends ItemOptions {
	/** Whether an image that can't be had becomes an item that says so, where n8n shows no hints. */
	missingAsItems?: boolean;
	/** Runs a download when its turn has come. */
	download<Value>(job: () => Promise<Value>): Promise<Value>;
}

/** An image that is there: in n8n's binary store, or at its link if links are enough. */
interface FoundImage {
	place: Place;
	stored: StoredImage | undefined;
}

/**
 * The images of a succeeded task, in order. Throws the failure of one that has ended otherwise. Images that can't be had
 * are left out, with a hint or an item that says so, unless none is left.
 */
export async function imageItems(
	connection: Connection,
	task: ImageTask,
	options: OutputOptions,
): Promise<INodeExecutionData[]> {
	const { provider } = connection;
	if (task.status !== 'succeeded') throw provider.readTaskFailure(task);
	if (task.images.length === 0) throw noImages(provider, task.id);
	const count = task.images.length + (task.unread ?? 0);
	const results = await settleAll(
		task.images.map(async (_, index) => {
			const place = { index, count, fileName: fileNameOf(provider.id, task, index) };
			return await findImage(connection, task, place, options);
		}),
	);
	const missing = results.filter((result) => 'failure' in result);
	const sharedBy = results.length - missing.length;
	if (sharedBy === 0) throw noneArrived(task, missing[0]!.failure);
	tell(connection, task, results, options);
	return results.flatMap((result) => {
		if ('failure' in result) {
			const { itemIndex, missingAsItems } = options;
			return missingAsItems ? [missingItem(connection, task, result, itemIndex)] : [];
		}
		return [imageItem(connection, task, result.place, options, result.stored, sharedBy)];
	});
}

/** The items of several tasks as one list: each image counts within the whole. */
export function joinedItems(lists: INodeExecutionData[][]): INodeExecutionData[] {
	if (lists.length === 1) return lists[0]!;
	const counts = lists.map((items) => Number(items[0]?.json.count ?? 0));
	const count = counts.reduce((sum, each) => sum + each, 0);
	let before = 0;
	return lists.flatMap((items, list) => {
		const first = before;
		before += counts[list]!;
		return items.map(({ json, ...item }) => ({
			...item,
			json: { ...json, index: first + Number(json.index), count },
		}));
	});
}

/** A task that is still open or ended badly, as an item: for lists, and for tasks that are fetched later. */
export function taskItem(
	{ provider }: Connection,
	task: ImageTask,
	itemIndex: number,
): INodeExecutionData {
	const urls = linksOf(task);
	const json: IDataObject = {
		taskId: task.id,
		provider: provider.id,
		model: task.model,
		status: task.status,
		progress: task.progress,
		etaSeconds: task.etaSeconds,
		createdAt: timeText(task.createdAt),
		urls: urls.length > 0 ? urls : undefined,
		expiresAt: timeText(task.expiresAt),
		failure: task.failure,
		usage: task.usage as IDataObject | undefined,
		cost: task.cost as IDataObject | undefined,
	};
	return { json: withoutGaps(json), pairedItem: { item: itemIndex } };
}

/** The image, or why it can't be had. Throws what has nothing to do with this one image, such as a cancelled execution. */
async function findImage(
	connection: Connection,
	task: ImageTask,
	place: Place,
	options: OutputOptions,
): Promise<FoundImage | MissingImage> {
	const outcome = await settle(fetchImage(connection, task, place, options));
	if (outcome.ok) return { place, stored: outcome.value };
	const failure = failureIn(outcome.error);
	if (!failure || failure.details.kind === 'cancelled') throw outcome.error;
	return { place, failure };
}

/** The picture in n8n's binary store: there already, or downloaded now if files are wanted. */
async function fetchImage(
	connection: Connection,
	task: ImageTask,
	{ index, fileName }: Place,
	{ binaryField, download }: OutputOptions,
): Promise<StoredImage | undefined> {
	const { received, provider } = connection;
	const { url = '', stored } = task.images[index]!;
	if (stored !== undefined) {
		const arrived = received.get(stored) ?? notKept();
		if (arrived instanceof ImageFailure) throw arrived;
		return named(arrived, fileName);
	}
	if (!isWebAddress(url)) throw noAddress(url);
	if (binaryField === undefined) return undefined;
	const { linkLifetime } = provider;
	return await download(
		async () => await downloadImage(connection, { url, fileName, linkLifetime }),
	);
}

/** Its reference leads nowhere. */
function notKept(): ImageFailure {
	return downloadFailure({
		message: 'The picture that came inside the answer is no longer there.',
		advice: 'Fetch it again with Task: Get and this task ID.',
	});
}

/** Says what a person should know although images have come. */
function tell(
	connection: Connection,
	task: ImageTask,
	results: Array<FoundImage | MissingImage>,
	{ itemIndex }: OutputOptions,
): void {
	for (const result of results) {
		if ('failure' in result) hintAtMissing(connection, task, result, itemIndex);
		else if (result.stored?.facts.type === 'unknown')
			hintAtUnknownType(connection, result, itemIndex);
	}
	const { unread = 0, images, id } = task;
	if (unread === 0) return;
	const what = `${unread} of ${images.length + unread} images of item ${itemIndex} could not be read`;
	const why = `${connection.provider.name} wrote them in a form that this node doesn't know.`;
	addHint(connection, `${what}: ${why}${id && ` Task ID: ${id}`}`);
}

function hintAtUnknownType(connection: Connection, { place }: FoundImage, itemIndex: number): void {
	addHint(
		connection,
		`Image ${place.index + 1} of ${place.count} of item ${itemIndex} is of a type that this node doesn't know. It is kept as a file without a type, as it may have been charged.`,
	);
}
