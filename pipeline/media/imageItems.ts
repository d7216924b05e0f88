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

type Result = FoundImage | MissingImage;

/** What became of a task's images. */
interface TaskResults {
	task: ImageTask;
	results: Result[];
}

/** The images of a succeeded task, in order: see `imageItemsOfAll`. */
export async function imageItems(
	connection: Connection,
	task: ImageTask,
	options: OutputOptions,
): Promise<INodeExecutionData[]> {
	return await imageItemsOfAll(connection, [task], options);
}

/**
 * The images of succeeded tasks that belong together, in order, each counted within the whole. Throws the failure of a
 * task that has ended otherwise. Images that can't be had are left out, with a hint or an item that says so, unless none
 * is left.
 */
export async function imageItemsOfAll(
	connection: Connection,
	tasks: ImageTask[],
	options: OutputOptions,
): Promise<INodeExecutionData[]> {
	const failed = tasks.find(({ status }) => status !== 'succeeded');
	const count = tasks.reduce((sum, task) => sum + countOf(task), 0);
	let before = 0;
	const found = await settleAll(
		// What is made is fetched, whatever else has failed: it is paid for.
		tasks.map(async (task) => {
			const first = before;
			before += countOf(task);
			return { task, results: await findImages(connection, task, { first, count }, options) };
		}),
	);
	if (failed) throw connection.provider.readTaskFailure(failed);
	refuseNothing(found);
	return found.flatMap((each) => itemsOf(connection, each, options));
}

/** One that has none counts as one that is missing. */
function countOf({ images, unread = 0 }: ImageTask): number {
	return Math.max(1, images.length + unread);
}

/** Throws the failure of the first image when not a single one can be had. */
function refuseNothing(found: TaskResults[]): void {
	const isAnyThere = found.some(({ results }) => results.some((result) => 'stored' in result));
	if (isAnyThere) return;
	for (const { task, results } of found) {
		for (const result of results) if ('failure' in result) throw noneArrived(task, result.failure);
	}
}

function itemsOf(
	connection: Connection,
	{ task, results }: TaskResults,
	options: OutputOptions,
): INodeExecutionData[] {
	tell(connection, task, results, options);
	const sharedBy = results.filter((result) => 'stored' in result).length;
	return results.flatMap((result) => {
		if ('stored' in result) {
			return [imageItem(connection, task, result.place, options, result.stored, sharedBy)];
		}
		const { itemIndex, missingAsItems } = options;
		return missingAsItems ? [missingItem(connection, task, result, itemIndex)] : [];
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

/** The task's images, and those that can't be had. A task that has failed has none. */
async function findImages(
	connection: Connection,
	task: ImageTask,
	{ first, count }: { first: number; count: number },
	options: OutputOptions,
): Promise<Result[]> {
	if (task.status !== 'succeeded') return [];
	const { provider } = connection;
	const placeOf = (index: number): Place => ({
		index,
		number: first + index,
		count,
		fileName: fileNameOf(provider.id, task, index),
	});
	if (task.images.length === 0) {
		return [{ place: placeOf(0), failure: noImages(provider, task.id) }];
	}
	return await settleAll(
		task.images.map(async (_, index) => {
			return await findImage(connection, task, placeOf(index), options);
		}),
	);
}

/** The image, or why it can't be had. Throws what has nothing to do with this one image, such as a cancelled execution. */
async function findImage(
	connection: Connection,
	task: ImageTask,
	place: Place,
	options: OutputOptions,
): Promise<Result> {
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
	results: Result[],
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
		`Image ${place.number + 1} of ${place.count} of item ${itemIndex} is of a type that this node doesn't know. It is kept as a file without a type, as it may have been charged.`,
	);
}
