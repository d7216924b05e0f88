// Image: Vary. Variations of one picture, on servers that still have the endpoint.
import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import type { LocalRequest } from '../../../../pipeline/media';
import { priceOf } from '../../../../providers/limits/orderPrice';
import { mendedSize } from '../../../../providers/limits/sizes';
import {
	concurrencyOption,
	inputImagesField,
	modelField,
	numberOfImagesField,
	timeLimitOption,
} from '../../../shared/fields/imageFields';
import { outputOptions } from '../../../shared/fields/outputFields';
import { readInputImages, readOutput } from '../../../shared/parameters/imageParameters';
import type { ItemOperation } from '../../../shared/execute/operations';
import { optionsField } from '../../../shared/fields/optionsField';
import { referenceOption } from '../../../shared/fields/referenceOption';
import { spendingOptions } from '../../../shared/fields/spendingFields';
import { IMAGES_AS_ANSWER } from '../../../shared/fields/toolFields';
import { readPictureLabels } from '../../../shared/parameters/pictureLabels';
import { readNumber, readPicked, readText } from '../../../shared/parameters/readParameters';
import { checkReference, readReference } from '../../../shared/parameters/readReference';
import type { OpenAiSession } from '../../session';

const DEFAULT_MODEL = 'dall-e-2';

const varyModelField: INodeProperties = {
	...modelField(DEFAULT_MODEL, 'searchImageModels'),
	default: { mode: 'id', value: DEFAULT_MODEL },
	description: 'The model that your server makes variations with',
};

export const vary: ItemOperation<OpenAiSession> = {
	option: {
		name: 'Vary',
		value: 'vary',
		action: 'Vary an image on an OpenAI-compatible server',
		description: 'Make variations of an image, on compatible servers: OpenAI has retired this',
		// OpenAI itself has no such model any more.
		displayOptions: { show: { model: [DEFAULT_MODEL] } },
	},
	answer: IMAGES_AS_ANSWER,
	isOrder: true,
	fields: [
		{
			displayName:
				'OpenAI has retired variations together with dall-e-2. This works on compatible servers that still have them; at OpenAI, use <b>Edit</b>.',
			name: 'retiredNotice',
			type: 'notice',
			default: '',
		},
		varyModelField,
		{ ...inputImagesField, description: 'The image to make variations of' },
		{
			displayName: 'Size',
			name: 'size',
			type: 'string',
			default: '',
			placeholder: 'e.g. 1024x1024',
			description: 'Width and height in pixels, as the server takes them',
		},
		numberOfImagesField,
		optionsField([
			concurrencyOption,
			...outputOptions,
			referenceOption,
			...spendingOptions,
			timeLimitOption(
				'How long one item may take, from its request to its last picture. What the server makes after that may be charged all the same.',
			),
		]),
	],
	price: async ({ context, variations }, itemIndex) => {
		const { references } = readPictureLabels(context, itemIndex);
		const request = readRequest(context, itemIndex, references);
		const { provider } = variations.connection;
		return { ...priceOf(request, provider), orderedFrom: provider };
	},
	run: async ({ context, variations }, work) => {
		const { itemIndex } = work;
		const references = await readInputImages(context, itemIndex);
		const request = readRequest(context, itemIndex, references);
		checkReference(variations.connection, request.orderReference, itemIndex);
		const output = readOutput(context, itemIndex);
		return await variations.collect(work, await variations.submitAndWait(work, request), output);
	},
};

function readRequest(
	context: IExecuteFunctions,
	itemIndex: number,
	references: LocalRequest['references'],
): LocalRequest {
	return {
		model: readPicked(context, 'model', 'Model', itemIndex),
		prompt: '',
		size: mendedSize(readText(context, 'size', 'Size', itemIndex)) || undefined,
		count: readNumber(context, 'numberOfImages', 'Number of Images', itemIndex),
		references,
		orderReference: readReference(context, itemIndex),
	};
}
