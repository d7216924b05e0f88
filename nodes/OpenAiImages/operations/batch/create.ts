// Batch: Create. All input items become one batch, at half the price.
import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { prepareImages, type LocalRequest } from '../../../../pipeline/media';
import { askOnce, createBill, isToolRun, reserveToolOrder } from '../../../../pipeline/once';
import { failureIn, resultOf } from '../../../../pipeline/result';
import { ask, type ItemWork } from '../../../../pipeline/session';
import { badInput, ImageFailure } from '../../../../providers/failure';
import {
	estimateOfAll,
	imagesOf,
	priceOf,
	type OrderPrice,
} from '../../../../providers/limits/orderPrice';
import { checkedParts, type RequestPart } from '../../../../providers/limits/requestParts';
import {
	endpointOf,
	nameOfFormat,
	sharedReference,
	type BatchEntry,
} from '../../../../providers/openai/batchLines';
import {
	batchLimitsOf,
	createOpenAiBatches,
	type Batch,
} from '../../../../providers/openai/batches';
import { readFile } from '../../../../providers/openai/tasks';
import { moderationOption } from '../../../shared/fields/formatOptions';
import { inputImagesField, maskFields, promptField } from '../../../shared/fields/imageFields';
import { readImages, readMask } from '../../../shared/parameters/imageParameters';
import { withSeveralFormats } from '../../../shared/fields/severalFormats';
import { spendingOptions } from '../../../shared/fields/spendingFields';
import type { JoinOperation } from '../../../shared/execute/operations';
import { optionsField } from '../../../shared/fields/optionsField';
import { readImageRequest, type InputPictures } from '../../../shared/execute/imageOperations';
import { readOptions, readText } from '../../../shared/parameters/readParameters';
import { checkReference } from '../../../shared/parameters/readReference';
import type { OpenAiSession } from '../../session';
import {
	choiceFields,
	imageModelField,
	inputFidelityOption,
	requestOptions,
} from '../image/fields';
import { withOwnFields } from '../image/request';
import { batchJson } from './fields';

const OPENAI = {
	name: 'OpenAI',
	whereToLook: 'platform.openai.com > Batches lists all batches with their IDs.',
};

/** A tenth of a cent is read easily. */
const ESTIMATE_DIGITS = 4;

/** One item's request, before its images are uploaded. */
interface LocalEntry {
	customId: string;
	itemIndex: number;
	request: LocalRequest;
}

const customIdField: INodeProperties = {
	displayName: 'Custom ID',
	name: 'customId',
	type: 'string',
	default: '=item-{{ $itemIndex }}',
	required: true,
	placeholder: 'e.g. product-4711',
	description: 'Names the item in the results. Each item needs another one.',
};

export const create: JoinOperation<OpenAiSession> = {
	option: {
		name: 'Create',
		value: 'create',
		action: 'Create a batch',
		description: 'Make the images of all items within 24 hours, at half the price',
	},
	isOrder: true,
	fields: [
		imageModelField,
		promptField,
		customIdField,
		{
			...inputImagesField,
			default: {},
			description: 'For edits: the images to work from. Either every item has some, or none has.',
		},
		...maskFields,
		...withSeveralFormats(choiceFields, 'never'),
		optionsField([...requestOptions, inputFidelityOption, moderationOption, ...spendingOptions]),
	],
	runAll: async (session, work) => {
		const entries = await readEntries(session);
		const batch = await createBatch(session, work, entries);
		const pairedItem = session.context.getInputData().map((_, item) => ({ item }));
		return [{ json: { ...batchJson(batch), ...estimateJson(session, entries) }, pairedItem }];
	},
	startedInWords: (id) =>
		`This batch had been made before. Batch: Get Results fetches its images without paying again: ${id}.`,
};

/** Creates the batch, or takes up the one that an earlier try has created. */
async function createBatch(
	session: OpenAiSession,
	work: ItemWork,
	entries: LocalEntry[],
): Promise<Batch> {
	const { connection, baseUrl } = session;
	const batches = createOpenAiBatches(baseUrl);
	const { value: batch } = await askOnce(connection, work, {
		wish: entries,
		provider: OPENAI,
		prepare: async () => {
			keepToLimits(session, work, entries);
			const prepared: BatchEntry[] = [];
			const uploaded = new Map<number, InputPictures>();
			for (const { customId, itemIndex, request } of entries) {
				// All formats of an item have the same input images.
				const images =
					uploaded.get(itemIndex) ??
					(await ofItem(connection.context, itemIndex, prepareImages(connection, request)));
				uploaded.set(itemIndex, images);
				const { references, mask, markup } = images;
				prepared.push({ customId, request: { ...request, references, mask, markup } });
			}
			const file = readFile(await ask(connection, batches.uploadLines(prepared)));
			return batches.create(file.id ?? '', endpointOf(prepared), sharedReference(prepared));
		},
		read: batches.readCreated,
		started: {
			idOf: ({ id }) => id,
			fetch: async (id) => batches.read(await ask(connection, batches.get(id))),
		},
	});
	return batch;
}

/** What each entry would cost. */
function ordersOf({ baseUrl, ownPrices }: OpenAiSession, entries: LocalEntry[]) {
	const { estimate } = createOpenAiBatches(baseUrl, ownPrices);
	return entries.map(({ itemIndex, request }) => {
		const limits = (model: string) => batchLimitsOf(model, request.outputFormat);
		return { itemIndex, order: priceOf(request, { id: 'openai', limits, estimate }) };
	});
}

/** What the whole batch will come to. Without it where that isn't known. */
function estimateJson(session: OpenAiSession, entries: LocalEntry[]): IDataObject {
	const known = estimateOfAll(ordersOf(session, entries).flatMap(({ order }) => order.parts));
	if (!known) return {};
	const [min, max] = [known.min, known.max].map((each) => Number(each.toFixed(ESTIMATE_DIGITS)));
	return { estimate: { min, max, currency: 'USD' } };
}

/** Throws when all items together may cost more than is allowed. */
function keepToLimits(session: OpenAiSession, work: ItemWork, entries: LocalEntry[]): void {
	const { context, spending } = session;
	const orders = ordersOf(session, entries);
	if (isToolRun(context)) {
		const key = work.placeOf({ wish: entries }).memoryKey;
		const parts = orders.flatMap(({ order }) => order.parts);
		const whole = { key, images: imagesOf(parts), estimate: estimateOfAll(parts) };
		reserveToolOrder(context, spending, [whole]);
		return;
	}
	if (spending.maximumCost === undefined) return;
	const bill = createBill(spending.maximumCost, spending);
	const ofItems = new Map<number, OrderPrice[]>();
	for (const { itemIndex, order } of orders) {
		const ofItem = ofItems.get(itemIndex) ?? [];
		ofItem.push(order);
		ofItems.set(itemIndex, ofItem);
	}
	for (const [itemIndex, ofItem] of ofItems) {
		const order = joined(ofItem);
		bill.add(itemIndex, order, order.parts);
	}
	bill.check();
}

/** What an item orders in several lines, as one order. */
function joined(orders: OrderPrice[]): OrderPrice {
	const [first] = orders as [OrderPrice];
	const formats = orders.flatMap(({ request: { format } }) => format ?? []);
	return {
		...first,
		request: { ...first.request, formats: formats.length > 0 ? formats : undefined },
		parts: orders.flatMap(({ parts }) => parts),
	};
}

/** Every item's request, all checked before the first file is uploaded. */
async function readEntries(session: OpenAiSession): Promise<LocalEntry[]> {
	const { context } = session;
	const entries: LocalEntry[] = [];
	const customIds = new Set<string>();
	for (const itemIndex of context.getInputData().keys()) {
		const { request, parts, customId } = await ofItem(
			context,
			itemIndex,
			readEntry(session, itemIndex),
		);
		if (customId === '' || customIds.has(customId)) {
			throw badInput(
				customId === ''
					? `Item ${itemIndex} has no Custom ID.`
					: `The Custom ID "${customId}" stands at two items.`,
				'Each item needs its own Custom ID, such as the number of its product.',
			);
		}
		customIds.add(customId);
		entries.push(...entriesOf(customId, itemIndex, request, parts));
	}
	refuseSameLines(entries);
	endpointOf(entries);
	return entries;
}

async function readEntry(session: OpenAiSession, itemIndex: number) {
	const { context, connection } = session;
	const references = await readImages(context, itemIndex);
	const mask = await readMask(context, itemIndex);
	const shared = readImageRequest(session, itemIndex, { references, mask });
	const request = withOwnFields(shared, readOptions(context, itemIndex));
	checkReference(connection, request.orderReference, itemIndex);
	const limits = batchLimitsOf(request.model, request.outputFormat);
	const parts = checkedParts({ ...request, keepMotif: false }, limits);
	const customId = readText(context, 'customId', 'Custom ID', itemIndex).trim();
	return { request, parts, customId };
}

/** Names the item that a failure is about: as all are worked on together, n8n can't tell. */
async function ofItem<Value>(
	context: IExecuteFunctions,
	itemIndex: number,
	work: Promise<Value>,
): Promise<Value> {
	const done = await resultOf(work);
	if (done.ok) return done.value;
	const details = failureIn(done.error)?.details;
	const isAlone = context.getInputData().length === 1;
	if (!details || details.kind === 'cancelled' || isAlone) throw done.error;
	const message = `Item ${itemIndex} of the batch: ${details.message}`;
	throw new ImageFailure({ ...details, message });
}

/** The name of a format can make a Custom ID that is another item's. OpenAI then refuses the whole file. */
function refuseSameLines(entries: LocalEntry[]): void {
	const itemsByLine = new Map<string, number>();
	for (const { customId, itemIndex } of entries) {
		const other = itemsByLine.get(customId);
		if (other !== undefined) {
			throw badInput(
				`Items ${other} and ${itemIndex} would both have a line "${customId}" in the batch.`,
				'Where an item has several formats, the name of each stands behind its Custom ID. Give one of the items another Custom ID.',
			);
		}
		itemsByLine.set(customId, itemIndex);
	}
}

/** One for each format, where there are several. Own formats may share a name. */
function entriesOf(
	customId: string,
	itemIndex: number,
	request: LocalRequest,
	parts: RequestPart[],
): LocalEntry[] {
	if (!request.formats) return [{ customId, itemIndex, request }];
	const names = new Set<string>();
	return parts.map(({ request: { size, format, count } }) => {
		const { name, width, height } = format!;
		const label = names.has(name) ? `${name} ${width}x${height}` : name;
		names.add(label);
		const part = { ...request, formats: undefined, size, format, count };
		return { customId: nameOfFormat(customId, label), itemIndex, request: part };
	});
}
