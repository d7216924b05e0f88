// Image: Vary. Variations of one picture, on servers that still have the endpoint.
import type { LocalRequest } from '../../../../pipeline/media/inputImages';
import {
	concurrencyOption,
	inputImagesField,
	numberOfImagesField,
	outputOptions,
	timeLimitOption,
} from '../../../shared/imageFields';
import { readInputImages, readOutput } from '../../../shared/imageParameters';
import type { ItemOperation } from '../../../shared/operations';
import { optionsField } from '../../../shared/optionsField';
import { readNumber, readOptions, readText } from '../../../shared/parameters';
import type { OpenAiSession } from '../../session';

export const vary: ItemOperation<OpenAiSession> = {
	option: {
		name: 'Vary',
		value: 'vary',
		action: 'Vary an image',
		description: 'Make variations of an image, on compatible servers: OpenAI has retired this',
	},
	fields: [
		{
			displayName:
				'OpenAI has retired variations together with dall-e-2. This works on compatible servers that still have them; at OpenAI, use <b>Edit</b>.',
			name: 'retiredNotice',
			type: 'notice',
			default: '',
		},
		{
			displayName: 'Model',
			name: 'model',
			type: 'string',
			default: 'dall-e-2',
			required: true,
			placeholder: 'e.g. dall-e-2',
		},
		inputImagesField,
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
			timeLimitOption(
				'How long one item may take, from its request to its last picture. What the server makes after that may be charged all the same.',
			),
		]),
	],
	run: async ({ context, variations }, itemIndex) => {
		const references = await readInputImages(context, itemIndex);
		const request: LocalRequest = {
			model: readText(context, 'model', 'Model', itemIndex).trim(),
			prompt: '',
			size: readText(context, 'size', 'Size', itemIndex).trim() || undefined,
			count: readNumber(context, 'numberOfImages', 'Number of Images', itemIndex),
			references,
		};
		const made = await variations.submitAndWait(request, itemIndex);
		const options = readOptions(context, itemIndex);
		return await variations.collect(made, readOutput(context, options, itemIndex));
	},
};
