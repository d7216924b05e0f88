// Turns a task into output items: one per image when it has succeeded, else one that tells how it stands.
import { randomBytes } from 'crypto';

import type { IBinaryKeyData, IDataObject, INodeExecutionData } from 'n8n-workflow';

import type { Cost, ImageProvider, ImageTask } from '../../providers/contract';
import { ImageFailure } from '../../providers/failure';
import type { Connection } from '../connection';
import type { PipelineContext } from '../context';
import { addHint } from '../hints';
import { downloadImage } from './imageDownload';
import { withoutLost } from './lostImages';
import { partialFiles } from './partialImages';
import { failureIn, settle, settleAll } from '../settle';
import { named, type StoredImage } from './storedImage';

export interface OutputOptions {
	/** The binary field for the picture, or undefined for links only. */
	binaryField?: string;
	itemIndex: number;
	/** Runs a download when its turn has come. */
	download<Value>(job: () => Promise<Value>): Promise<Value>;
}

/**
 * The images of a succeeded task, in order. Throws the failure of one that has ended otherwise. Images that arrived
 * damaged are left out, with a hint that says so, unless none is left.
 */
export async function imageItems(
	connection: Connection,
	ended: ImageTask,
	options: OutputOptions,
): Promise<INodeExecutionData[]> {
	const { provider } = connection;
	if (ended.status !== 'succeeded') throw provider.readTaskFailure(ended);
	const { task, lost } = withoutLost(connection, ended);
	const [failure] = lost;
	if (task.images.length === 0) throw failure ?? noImages(provider, task.id);
	if (failure) {
		const arrived = `Only ${task.images.length} of ${ended.images.length} images of item ${options.itemIndex} arrived.`;
		addHint(connection, `${arrived} ${failure.message}`);
	}
	return await settleAll(
		task.images.map(async (_, index) => {
			const place = { index, fileName: fileNameOf(provider.id, task, index) };
			const stored = await fetchImage(connection, task, place, options);
			return toItem(connection, task, place, options, stored);
		}),
	);
}

/** The items of several tasks as one list: each image counts within the whole. */
export function joinedItems(lists: INodeExecutionData[][]): INodeExecutionData[] {
	if (lists.length === 1) return lists[0]!;
	const items = lists.flat();
	return items.map(({ json, ...item }, index) => ({
		...item,
		json: { ...json, index, count: items.length },
	}));
}

/** A task that is still open or ended badly, as an item: for lists, and for tasks that are fetched later. */
export function taskItem(
	{ provider }: Connection,
	task: ImageTask,
	itemIndex: number,
): INodeExecutionData {
	const json: IDataObject = {
		taskId: task.id,
		provider: provider.id,
		model: task.model,
		status: task.status,
		progress: task.progress,
		etaSeconds: task.etaSeconds,
		createdAt: task.createdAt?.toISOString(),
		urls: task.images.length > 0 ? task.images.map(({ url }) => url) : undefined,
		expiresAt: task.expiresAt?.toISOString(),
		failure: task.failure,
		usage: task.usage as IDataObject | undefined,
		cost: task.cost as IDataObject | undefined,
	};
	return { json: withoutGaps(json), pairedItem: { item: itemIndex } };
}

/** Which image of a task it is, and the name of its file without an ending. */
interface Place {
	index: number;
	fileName: string;
}

/** The picture in n8n's binary store: there already, or downloaded now if files are wanted. */
async function fetchImage(
	{ context, provider, received, signal }: Connection,
	task: ImageTask,
	{ index, fileName }: Place,
	{ binaryField, download }: OutputOptions,
): Promise<StoredImage | undefined> {
	const { url, stored } = task.images[index]!;
	if (stored !== undefined) {
		const arrived = received.get(stored);
		return arrived instanceof ImageFailure ? undefined : arrived && named(arrived, fileName);
	}
	if (url === undefined || binaryField === undefined) return undefined;
	const { linkLifetime } = provider;
	const outcome = await settle(
		download(async () => await downloadImage(context, { url, fileName, linkLifetime, signal })),
	);
	if (outcome.ok) return outcome.value;
	const failure = failureIn(outcome.error);
	if (!failure) throw outcome.error;
	throw task.id === '' ? withLinks(failure, task) : withTask(failure, task);
}

/** One bad link is no reason to go without the other images. */
function withTask({ details }: ImageFailure, { id, images }: ImageTask): ImageFailure {
	const others = `To get the links of all ${images.length} images instead, set Output to Link Only in the Options there.`;
	const advice = images.length > 1 ? `${details.advice} ${others}` : details.advice;
	return new ImageFailure({ ...details, advice, taskId: id });
}

/** Without a task to come back to, the links are all that is left of what was paid for. */
function withLinks({ details }: ImageFailure, { images }: ImageTask): ImageFailure {
	const links = images.flatMap(({ url }) => url ?? []).join(' ');
	return new ImageFailure({
		...details,
		advice: `The images were made, and may have been charged. Once their links are dead, only a new run of the workflow makes them again. Fetch them as long as their links work: ${links}`,
	});
}

function toItem(
	connection: Connection,
	task: ImageTask,
	{ index, fileName }: Place,
	{ binaryField, itemIndex }: OutputOptions,
	stored: StoredImage | undefined,
): INodeExecutionData {
	const { context, provider } = connection;
	const image = task.images[index]!;
	const json: IDataObject = {
		taskId: task.id || undefined,
		provider: provider.id,
		model: task.model,
		status: task.status,
		index,
		count: task.images.length,
		revisedPrompt: image.revisedPrompt,
		width: stored?.facts.width,
		height: stored?.facts.height,
		mimeType: stored?.mimeType,
		fileName: stored?.binary.fileName,
		fileSize: stored?.facts.bytes,
		url: image.url ?? (binaryField === undefined ? linkTo(context, stored) : undefined),
		expiresAt: task.expiresAt?.toISOString(),
		usage: task.usage as IDataObject | undefined,
		cost: task.cost && (shareOf(task.cost, task.images.length) as unknown as IDataObject),
	};
	// A picture that came inside the answer has no other place: it is never left out, whatever was asked for.
	const field = binaryField ?? 'data';
	const binary: IBinaryKeyData | undefined = stored && {
		[field]: stored.binary,
		...partialFiles(connection, image.partials, field, fileName),
	};
	return { json: withoutGaps(json), binary, pairedItem: { item: itemIndex } };
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
function fileNameOf(provider: string, { id }: ImageTask, index: number): string {
	// Without an id, chance keeps the pictures of one run from overwriting each other where they are saved.
	const origin = id === '' ? randomBytes(6).toString('hex') : id;
	return `${provider}-${origin.replace(/[^\w-]+/g, '_').slice(0, 80)}-${index + 1}`;
}

function withoutGaps(json: IDataObject): IDataObject {
	return Object.fromEntries(Object.entries(json).filter(([, value]) => value !== undefined));
}

function noImages({ name, whereToLook }: ImageProvider, taskId: string): ImageFailure {
	if (taskId === '') {
		return new ImageFailure({
			kind: 'unreadableAnswer',
			message: `${name} answered without an image.`,
			advice: `It may have been charged. ${whereToLook}`,
		});
	}
	return new ImageFailure({
		kind: 'unreadableAnswer',
		message: `${name} says that the task is done, but names no image.`,
		advice: 'Fetch it again in a minute with Task: Get and this task ID.',
		taskId,
	});
}
