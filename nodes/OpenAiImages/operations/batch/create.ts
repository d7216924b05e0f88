// Batch: Create. All input items become one batch, at half the price.
import type { INodeProperties } from 'n8n-workflow';

import { prepareImages, type LocalRequest } from '../../../../pipeline/media/inputImages';
import { paidOnce, refuseUnknown, sendPaid } from '../../../../pipeline/once/paidOnce';
import { keepStarted, recallCreate, type CreatePlace } from '../../../../pipeline/once/keptCreates';
import { send } from '../../../../pipeline/http/send';
import { badInput } from '../../../../providers/failure';
import { checkRequest } from '../../../../providers/limits';
import {
	createOpenAiBatches,
	endpointOf,
	type Batch,
	type BatchEntry,
} from '../../../../providers/openai/batches';
import { limitsOf } from '../../../../providers/openai/models';
import { readFile } from '../../../../providers/openai/tasks';
import { moderationOption } from '../../../shared/formatOptions';
import { inputImagesField, maskFields, promptField } from '../../../shared/imageFields';
import { readImages, readMask } from '../../../shared/imageParameters';
import type { JoinOperation } from '../../../shared/operations';
import { optionsField } from '../../../shared/optionsField';
import { readText } from '../../../shared/parameters';
import type { OpenAiSession } from '../../session';
import {
	choiceFields,
	imageModelField,
	inputFidelityOption,
	requestOptions,
} from '../image/fields';
import { readRequest } from '../image/request';
import { batchJson } from './fields';

const OPENAI = {
	name: 'OpenAI',
	whereToLook: 'platform.openai.com > Batches lists all batches with their IDs.',
};

/** One item's request, before its images are uploaded. */
interface LocalEntry {
	customId: string;
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
		...choiceFields,
		optionsField([...requestOptions, inputFidelityOption, moderationOption]),
	],
	runAll: async (session) => {
		const { context } = session;
		const entries = await readEntries(session);
		const batch = await paidOnce(
			context,
			0,
			entries,
			async (place) => await createBatch(session, entries, place),
		);
		const pairedItem = context.getInputData().map((_, item) => ({ item }));
		return [{ json: batchJson(batch), pairedItem }];
	},
};

/** Creates the batch, or takes up the one that an earlier try has created under this key. */
async function createBatch(
	{ context, connection, baseUrl }: OpenAiSession,
	entries: LocalEntry[],
	place: CreatePlace,
): Promise<Batch> {
	const batches = createOpenAiBatches(baseUrl);
	const known = recallCreate(context, place.key);
	if (known?.state === 'started') {
		return batches.read(await send(connection, batches.get(known.taskId)));
	}
	refuseUnknown(context, place.key, OPENAI);
	const prepared: BatchEntry[] = [];
	for (const { customId, request } of entries) {
		prepared.push({ customId, request: await prepareImages(connection, request) });
	}
	const file = readFile(await send(connection, batches.uploadLines(prepared)));
	const request = batches.create(file.id ?? '', endpointOf(prepared));
	return await sendPaid(connection, {
		place,
		provider: OPENAI,
		send: async () => await send(connection, request, { isPaid: true }),
		read: async (answer) => {
			const batch = batches.readCreated(answer);
			keepStarted(connection, place, batch.id);
			return batch;
		},
	});
}

/** Every item's request, all checked before the first file is uploaded. */
async function readEntries(session: OpenAiSession): Promise<LocalEntry[]> {
	const { context } = session;
	const requests = new Map<string, LocalRequest>();
	for (const itemIndex of context.getInputData().keys()) {
		const references = await readImages(context, itemIndex);
		const mask = await readMask(context, itemIndex);
		const request = readRequest(session, itemIndex, references, mask);
		checkRequest(request, limitsOf(request.model));
		const customId = readText(context, 'customId', 'Custom ID', itemIndex).trim();
		if (customId === '' || requests.has(customId)) {
			throw badInput(
				customId === ''
					? `Item ${itemIndex} has no Custom ID.`
					: `The Custom ID "${customId}" stands at two items.`,
				'Each item needs its own Custom ID, such as the number of its product.',
			);
		}
		requests.set(customId, request);
	}
	const entries = [...requests].map(([customId, request]) => ({ customId, request }));
	endpointOf(entries);
	return entries;
}
