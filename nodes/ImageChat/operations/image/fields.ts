// The fields of images through chat: what a chat request has, and the size as a wish in words.
import type { INodeProperties } from 'n8n-workflow';

import { chatLabelOf } from '../../../../providers/chat/models';
import {
	concurrencyOption,
	modelField,
	numberOfImagesField,
	timeLimitOption,
} from '../../../shared/fields/imageFields';
import { outputOptions } from '../../../shared/fields/outputFields';
import { referenceOption } from '../../../shared/fields/referenceOption';
import { SEVERAL_FORMATS } from '../../../shared/fields/severalFormats';
import { temperatureOption } from '../../../shared/fields/temperatureOption';

const DEFAULT_MODEL = 'gpt-4o-image';

const model: INodeProperties = {
	...modelField(DEFAULT_MODEL, 'searchModels', chatLabelOf(DEFAULT_MODEL)),
	description: 'The list shows what your gateway offers. Not every model in it makes images.',
};

const choices: INodeProperties[] = [
	{
		displayName: 'Size',
		name: 'size',
		type: 'options',
		options: [{ name: 'One Size', value: '' }],
		default: '',
		// A tool has the words alone, which the model fills in.
		displayOptions: { hide: { '@tool': [true] } },
	},
	{
		displayName: 'Size in Words',
		name: 'sizeWish',
		type: 'string',
		default: '',
		displayOptions: { hide: { size: [SEVERAL_FORMATS] } },
		placeholder: 'e.g. 3:2 landscape or 1024x1536',
		description:
			'A size or a shape. Chat has no setting for it, so it is written below your Prompt.',
		hint: 'Added to the Prompt as "Image size: …". Models may ignore it.',
	},
	{
		...numberOfImagesField,
		description:
			'How many answers to ask for, 1 to 10. Many gateways make one image only, and each answer is paid for.',
	},
];

/** Chat parameters: the option's name is the protocol's own. They are sent only when they are set. */
export const parameterOptions: INodeProperties[] = [
	{
		displayName: 'Frequency Penalty',
		name: 'frequency_penalty',
		type: 'number',
		typeOptions: { minValue: -2, maxValue: 2, numberPrecision: 1 },
		default: 0,
		description: 'Higher values make the model repeat itself less',
	},
	{
		displayName: 'Logit Bias (JSON)',
		name: 'logit_bias',
		type: 'json',
		default: '{}',
		description:
			'Makes single words likelier or less likely: the numbers of their tokens, each with a value from -100 to 100',
	},
	{
		displayName: 'Max Tokens',
		name: 'max_tokens',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 1000,
		description: 'The most tokens that the answer may have. Too few can cut an image off.',
	},
	{
		displayName: 'Modalities',
		name: 'modalities',
		type: 'multiOptions',
		options: [
			{ name: 'Image', value: 'image' },
			{ name: 'Text', value: 'text' },
		],
		default: ['image', 'text'],
		description:
			'What the answer may hold. Some gateways, such as OpenRouter, draw only when this is set.',
	},
	{
		displayName: 'Presence Penalty',
		name: 'presence_penalty',
		type: 'number',
		typeOptions: { minValue: -2, maxValue: 2, numberPrecision: 1 },
		default: 0,
		description: 'Higher values make the model bring up new things',
	},
	{
		displayName: 'Response Format (JSON)',
		name: 'response_format',
		type: 'json',
		default: '{ "type": "text" }',
		description: 'The form of the answer, in the words of your gateway. Images rarely need it.',
	},
	{
		displayName: 'Seed',
		name: 'seed',
		type: 'number',
		default: 0,
		description: 'The same number may give the same image again',
	},
	{
		displayName: 'Stop',
		name: 'stop',
		type: 'string',
		default: '',
		placeholder: 'e.g. END',
		description:
			'The answer ends before this text. Up to four, with commas or line breaks between them, or a list from an expression.',
	},
	temperatureOption,
	{
		displayName: 'Tool Choice',
		name: 'tool_choice',
		type: 'string',
		default: 'auto',
		placeholder: 'e.g. required',
		description:
			'With auto the model decides, none forbids tools, required demands one. Or the name of the tool that it must call, or JSON in the words of your gateway.',
	},
	{
		displayName: 'Tools (JSON)',
		name: 'tools',
		type: 'json',
		default: '[]',
		description:
			'Tools that the model may ask for, in the words of your gateway. This node runs none of them.',
	},
	{
		displayName: 'Top P',
		name: 'top_p',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: 1, numberPrecision: 2 },
		default: 1,
		description:
			'Lower values keep the model to its likeliest choices. Change this or the Temperature, not both.',
	},
	{
		displayName: 'User',
		name: 'user',
		type: 'string',
		default: '',
		description: 'A code for your end user, for the gateway to tell abuse apart',
	},
];

const options: INodeProperties[] = [
	...parameterOptions,
	concurrencyOption,
	...outputOptions,
	referenceOption,
	{
		displayName: 'System Message',
		name: 'systemMessage',
		type: 'string',
		typeOptions: { rows: 2 },
		default: '',
		placeholder: 'e.g. You draw in the style of our brand: flat, two colours.',
		description: 'What the model should keep to in every image, such as the style of your brand',
	},
	timeLimitOption(
		'How long one item may take, from its request to its last picture. What the gateway makes after that may be charged all the same.',
	),
];

export const imageFields = { model, choices, options };
