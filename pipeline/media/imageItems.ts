// Turns a task into output items: one per image when it has succeeded, else one that tells how it stands.
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import type { ImageTask } from '../../providers/contract';
import { downloadFailure, ImageFailure } from '../../providers/failure';
import type { Connection } from '../connection';
import { addHint } from '../told/hints';
import { isRepeated } from '../told/repeats';
import { failureIn, resultOf, allValues } from '../result';
import { shareOf } from './costShares';
import { downloadImage, isWebAddress, noAddress } from './imageDownload';
import { namesFor, type NameImage } from './fileNames';
import { groupedItem } from './groupedItem';
import {
	formatOf,
	imageItem,
	linksOf,
	timeText,
	definedFields,
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
import type { OutputSettings } from './outputSettings';
import { outlivesProvidersLink } from './ownLinks';
import { noteCost } from '../told/spending';
import { noteShortfall, shortfallIn, type Arrived } from '../told/shortfalls';
import { named, type StoredImage } from './store/storedImage';

export interface OutputOptions extends ItemOptions {
	/** Whether an image that can't be had becomes an item that says so. */
	missingAsItems?: boolean;
	/** Whether the first item tells what nobody would see above the output: a trigger's executions are seldom opened. */
	hintOnItem?: boolean;
	/** Whose images these are, where an item has several orders: the name of a batch's line. */
	line?: string;
	/** The format that all of them are for, where the tasks themselves don't tell. */
	formatName?: string;
	/** Runs a download when its turn has come. */
	download<Value>(job: () => Promise<Value>): Promise<Value>;
}

const NOT_ANEW =
	'An earlier try had ordered this task, so this one ordered nothing. For a new task, start the workflow anew: Retry brings this one again.';

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
	const { chance } = connection.clock;
	const { line, formatName } = options;
	const hide = connection.redact.text;
	const order = { provider: connection.provider.id, tasks, count, line, formatName, chance, hide };
	const name = namesFor(order, options);
	let before = 0;
	const found = await allValues(
		// What is made is fetched, whatever else has failed: it is paid for.
		tasks.map(async (task) => {
			const first = before;
			before += countOf(task);
			const places = { first, count, name };
			return { task, results: await findImages(connection, task, places, options) };
		}),
	);
	const isEarlier = isRepeated(connection.context, options.itemIndex);
	for (const { task, results } of found) {
		const arrived = results.filter((result) => 'stored' in result).length;
		noteCost(connection.context, options.itemIndex, arrived, task.cost, isEarlier);
	}
	if (failed) throw failureOf(connection, failed);
	refuseNothing(found);
	const each = found.flatMap((results) => itemsOf(connection, results, options));
	const items = options.groupImages ? [groupedItem(each)] : each;
	const shortfall = shortfallIn({ tasks, count, pictures: picturesOf(found) }, whose(options));
	return shortfall === '' ? items : withShortfall(connection, items, shortfall, options);
}

/** n8n's Retry brings the same task again, so that whoever reads "run this again" must know what else to do. */
function failureOf({ provider }: Connection, task: ImageTask): ImageFailure {
	const failure = provider.readTaskFailure(task).withReference(task.orderReference);
	if (!task.replayed) return failure;
	const advice = `${failure.details.advice} ${NOT_ANEW}`;
	return new ImageFailure({ ...failure.details, advice });
}

/** One that has none counts as one that is missing. */
function countOf({ images, unread = 0 }: ImageTask): number {
	return Math.max(1, images.length + unread);
}

function whose({ itemIndex, line }: OutputOptions): string {
	return line === undefined ? `item ${itemIndex}` : `the result "${line}"`;
}

function picturesOf(found: TaskResults[]): Arrived['pictures'] {
	return found.flatMap(({ task, results }) =>
		results.flatMap((result) =>
			'stored' in result && result.stored
				? [{ facts: result.stored.facts, asked: task.asked?.size }]
				: [],
		),
	);
}

/** Noted for the hint at the end of the run, or told by the first item. */
function withShortfall(
	{ context, redact }: Connection,
	items: INodeExecutionData[],
	shortfall: string,
	{ itemIndex, hintOnItem }: OutputOptions,
): INodeExecutionData[] {
	if (!hintOnItem) {
		noteShortfall(context, itemIndex, shortfall);
		return items;
	}
	const [first, ...others] = items;
	return [{ ...first!, json: { ...first!.json, hint: redact.text(shortfall) } }, ...others];
}

/** Throws the failure of the first image when not a single one can be had. */
function refuseNothing(found: TaskResults[]): void {
	const isAnyThere = found.some(({ results }) => results.some((result) => 'stored' in result));
	if (isAnyThere) return;
	for (const { task, results } of found) {
		for (const result of results) if ('failure' in result) throw noneArrived(task, result);
	}
}

function itemsOf(
	connection: Connection,
	{ task, results }: TaskResults,
	options: OutputOptions,
): INodeExecutionData[] {
	tell(connection, task, results, options);
	const found = results.filter((result) => 'stored' in result);
	return results.flatMap((result) => {
		if ('stored' in result) {
			const share = { index: found.indexOf(result), of: found.length };
			return [imageItem(connection, task, result.place, options, result.stored, share)];
		}
		const isShown = options.missingAsItems ?? options.groupImages;
		return isShown ? [missingItem(connection, task, result, options)] : [];
	});
}

/** A task that is still open or ended badly, as an item: for lists, and for tasks that are fetched later. */
export function taskItem(
	{ context, provider }: Connection,
	task: ImageTask,
	itemIndex: number,
	{ prompt, tellsOrderedBefore }: Pick<OutputSettings, 'prompt' | 'tellsOrderedBefore'> = {},
): INodeExecutionData {
	const urls = linksOf(task);
	const json: IDataObject = {
		taskId: task.id,
		provider: provider.id,
		model: task.model,
		prompt: prompt ?? task.asked?.prompt,
		reference: task.orderReference,
		orderedBefore: tellsOrderedBefore ? isRepeated(context, itemIndex) : undefined,
		status: task.status,
		format: formatOf(task),
		progress: task.progress,
		etaSeconds: task.etaSeconds,
		createdAt: timeText(task.createdAt),
		urls: urls.length > 0 ? urls : undefined,
		expiresAt: timeText(task.expiresAt),
		failure: task.failure,
		usage: task.usage as IDataObject | undefined,
		cost: task.cost && (shareOf(task.cost, 0, 1) as unknown as IDataObject),
	};
	return { json: definedFields(json), pairedItem: { item: itemIndex } };
}

/** The task's images, and those that can't be had. A task that has failed has none. */
async function findImages(
	connection: Connection,
	task: ImageTask,
	{ first, count, name }: { first: number; count: number; name: NameImage },
	options: OutputOptions,
): Promise<Result[]> {
	if (task.status !== 'succeeded') return [];
	const { provider } = connection;
	const placeOf = (index: number): Place => ({
		index,
		number: first + index,
		count,
		name: name(task, index, first + index),
	});
	if (task.images.length === 0) {
		return [{ place: placeOf(0), failure: noImages(provider, task.id) }];
	}
	return await allValues(
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
	const outcome = await resultOf(fetchImage(connection, task, place, options));
	if (outcome.ok) return { place, stored: outcome.value };
	const failure = failureIn(outcome.error);
	if (!failure || failure.details.kind === 'cancelled') throw outcome.error;
	return { place, failure };
}

/** The picture in n8n's binary store: there already, or downloaded now if files are wanted. */
async function fetchImage(
	connection: Connection,
	task: ImageTask,
	{ index, name: { stem, ending } }: Place,
	{ binaryField, download }: OutputOptions,
): Promise<StoredImage | undefined> {
	const { pictures, provider, redact } = connection;
	const { url = '', stored } = task.images[index]!;
	if (stored !== undefined) {
		const arrived = pictures.find(stored) ?? notKept();
		if (arrived instanceof ImageFailure) throw arrived;
		return named(arrived, stem, ending);
	}
	if (!isWebAddress(url)) throw noAddress(url, redact.text);
	const { linkLifetime } = provider;
	const fetched = async () => {
		const arrived = await download(
			async () => await downloadImage(connection, { url, fileName: stem, linkLifetime }),
		);
		return named(arrived, stem, ending);
	};
	if (binaryField !== undefined) return await fetched();
	return outlivesProvidersLink(connection, task) ? await unlessItFails(fetched) : undefined;
}

/** What a link into n8n needs. Without it the provider's is as good as ever. */
async function unlessItFails(
	fetched: () => Promise<StoredImage>,
): Promise<StoredImage | undefined> {
	const outcome = await resultOf(fetched());
	if (outcome.ok) return outcome.value;
	if (failureIn(outcome.error)?.details.kind === 'cancelled') throw outcome.error;
	return undefined;
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
	addHint(connection, `${what}: ${why}${id && ` Task ID: ${id}`}`, itemIndex);
}

function hintAtUnknownType(connection: Connection, { place }: FoundImage, itemIndex: number): void {
	addHint(
		connection,
		`Image ${place.number + 1} of ${place.count} of item ${itemIndex} is of a type that this node doesn't know. It is kept as a file without a type, as it may have been charged.`,
		itemIndex,
	);
}
