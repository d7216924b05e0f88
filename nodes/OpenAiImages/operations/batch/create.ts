// Batch > Create: all input items become one batch, at half the price.
import type { INodeProperties } from 'n8n-workflow';

import { prepareImages, type LocalRequest } from '../../../../pipeline/inputImages';
import { settle } from '../../../../pipeline/settle';
import { send } from '../../../../pipeline/transport';
import { withOutcome } from '../../../../pipeline/unknownOutcome';
import { badInput } from '../../../../providers/failure';
import { checkRequest } from '../../../../providers/limits';
import {
	createOpenAiBatches,
	endpointOf,
	type BatchEntry,
} from '../../../../providers/openai/batches';
import { limitsOf } from '../../../../providers/openai/models';
import { readFile } from '../../../../providers/openai/tasks';
import { moderationOption, optionsField } from '../../../shared/formatOptions';
import { inputImagesField, maskFields, promptField } from '../../../shared/imageFields';
import { readImages, readMask } from '../../../shared/imageParameters';
import type { JoinOperation } from '../../../shared/operations';
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

const WHERE_TO_LOOK = 'platform.openai.com > Batches lists all batches with their IDs.';

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
		const { context, connection, baseUrl } = session;
		const requests = await readRequests(session);
		const entries: BatchEntry[] = [];
		for (const { customId, request } of requests) {
			entries.push({ customId, request: await prepareImages(connection, request) });
		}
		const batches = createOpenAiBatches(baseUrl);
		const file = readFile(await send(connection, batches.uploadLines(entries)));
		const request = batches.create(file.id ?? '', endpointOf(entries));
		const created = await settle(send(connection, request).then(batches.read));
		if (!created.ok)
			throw withOutcome(created.error, { name: 'OpenAI', whereToLook: WHERE_TO_LOOK });
		const batch = created.value;
		const pairedItem = context.getInputData().map((_, item) => ({ item }));
		return [{ json: batchJson(batch), pairedItem }];
	},
};

/** Every item's request, all checked before the first file is uploaded. */
async function readRequests(
	session: OpenAiSession,
): Promise<Array<{ customId: string; request: LocalRequest }>> {
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
