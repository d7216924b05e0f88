// The fields of OpenAI's image models: what each of them lets a person choose.
import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { DEFAULT_MODEL } from '../../../../providers/openai/models';
import { DEFAULT_CALLING_MODEL } from '../../../../providers/openai/tasks';
import { completionField, taskConcurrencyOption } from '../../../shared/completionFields';
import {
	backgroundOption,
	compressionOption,
	outputFormatOption,
} from '../../../shared/formatOptions';
import {
	customSizeField,
	highestQualities,
	modelField,
	numberOfImagesField,
	outputOptions,
	qualities,
	qualityField,
	sizeField,
	timeLimitOption,
} from '../../../shared/imageFields';

/** Which models a field is shown for; n8n compares the chosen model's name. */
const FIXED_SIZE_MODELS = ['gpt-image-1', 'gpt-image-1-mini', 'gpt-image-1.5'];
const SECOND_GENERATION = [{ _cnd: { startsWith: 'gpt-image-2' } }];
const EVERY_GPT_IMAGE = [{ _cnd: { startsWith: 'gpt-image' } }];
const GPT_IMAGE_2 = ['gpt-image-2'];

const SIZES: INodePropertyOptions[] = [
	{ name: 'Square, 1024 × 1024 Pixels', value: '1024x1024' },
	{ name: 'Landscape, 1536 × 1024 Pixels', value: '1536x1024' },
	{ name: 'Portrait, 1024 × 1536 Pixels', value: '1024x1536' },
];

const MORE_SIZES: INodePropertyOptions[] = [
	{ name: 'Wide Landscape, 1792 × 1008 Pixels (16:9)', value: '1792x1008' },
	{ name: 'Portrait for Feeds, 1024 × 1280 Pixels (4:5)', value: '1024x1280' },
	{ name: 'Portrait for Stories, 1008 × 1792 Pixels (9:16)', value: '1008x1792' },
	{ name: 'Custom…', value: 'custom' },
];

const MODELS_WITH_FOUR_QUALITIES = [...FIXED_SIZE_MODELS, ...GPT_IMAGE_2];

export const imageModelField = modelField(DEFAULT_MODEL, 'searchImageModels');

export const choiceFields: INodeProperties[] = [
	{ ...sizeField(SIZES), displayOptions: { show: { model: FIXED_SIZE_MODELS } } },
	{
		...sizeField([...SIZES, ...MORE_SIZES]),
		displayOptions: { hide: { model: FIXED_SIZE_MODELS } },
	},
	{
		...customSizeField,
		displayOptions: { show: { size: ['custom'] }, hide: { model: FIXED_SIZE_MODELS } },
		placeholder: 'e.g. 4:3 or 1200x640',
		description:
			'An aspect ratio between 1:3 and 3:1, or width and height in pixels, both divisible by 16',
	},
	{
		...qualityField(qualities),
		displayOptions: { show: { model: MODELS_WITH_FOUR_QUALITIES } },
	},
	{
		...qualityField([...qualities, ...highestQualities]),
		displayOptions: { hide: { model: MODELS_WITH_FOUR_QUALITIES } },
	},
	numberOfImagesField,
];

export const completionFields: INodeProperties[] = [
	completionField,
	{
		displayName:
			'Each image is a task of its own: for several images, several tasks are started, and each one is an item. To be told when they are ready, use an <b>OpenAI Images Trigger</b> in another workflow, or <b>Task: Wait</b> behind this node.',
		name: 'taskNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { completion: ['return'] } },
	},
];

const callingModelOption: INodeProperties = {
	displayName: 'Calling Model',
	name: 'callingModel',
	type: 'string',
	default: DEFAULT_CALLING_MODEL,
	displayOptions: { show: { '/completion': ['return'] } },
	description: 'The text model that passes the prompt on to the image model, for background tasks',
};

export const inputFidelityOption: INodeProperties = {
	displayName: 'Input Fidelity',
	name: 'input_fidelity',
	type: 'options',
	options: [
		{ name: 'High', value: 'high' },
		{ name: 'Low', value: 'low' },
	],
	default: 'low',
	displayOptions: { hide: { '/model': SECOND_GENERATION } },
	description: 'How closely faces and details of the input images are kept. High costs more.',
};

/** Settings that GPT image models refuse, for other models on compatible servers. */
const olderModelOptions: INodeProperties[] = [
	{
		displayName: 'Response Format',
		name: 'response_format',
		type: 'options',
		options: [
			{ name: 'Base64', value: 'b64_json' },
			{ name: 'URL', value: 'url' },
		],
		default: 'b64_json',
		displayOptions: { hide: { '/model': EVERY_GPT_IMAGE } },
		description: 'How the server sends the image. The output is the same.',
	},
	{
		displayName: 'Style',
		name: 'style',
		type: 'options',
		options: [
			{ name: 'Natural', value: 'natural' },
			{ name: 'Vivid', value: 'vivid' },
		],
		default: 'vivid',
		displayOptions: { hide: { '/model': EVERY_GPT_IMAGE } },
	},
];

const safetyIdentifierOption: INodeProperties = {
	displayName: 'Safety Identifier',
	name: 'safety_identifier',
	type: 'string',
	default: '',
	description:
		'A code for your end user, such as a hashed email address, for OpenAI to tell abuse apart',
};

/** Retired models, which compatible servers may still have, know no streams. */
const DALL_E = [{ _cnd: { startsWith: 'dall-e' } }];

const streamOptions: INodeProperties[] = [
	{
		displayName: 'Partial Images',
		name: 'partialImages',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: 3 },
		default: 1,
		displayOptions: { show: { '/completion': ['wait'] }, hide: { '/model': DALL_E } },
		description:
			'How many early drafts to get of each image, at most 3. They come in fields of their own, such as data_partial_1, and each one costs output tokens. Turns on Stream.',
	},
	{
		displayName: 'Stream',
		name: 'stream',
		type: 'boolean',
		default: true,
		displayOptions: { show: { '/completion': ['wait'] }, hide: { '/model': DALL_E } },
		description:
			'Whether to receive the answer bit by bit. Turn this on if a proxy or firewall cuts connections that are silent while an image is drawn.',
	},
];

/** What belongs to the request itself, in whatever way it is sent. */
export const requestOptions: INodeProperties[] = [
	backgroundOption('Transparent needs the Output Format PNG or WebP', [
		{ name: 'Transparent', value: 'transparent' },
	]),
	compressionOption(100),
	...olderModelOptions,
	outputFormatOption('png'),
	safetyIdentifierOption,
];

export const commonOptions: INodeProperties[] = [
	...requestOptions,
	...streamOptions,
	callingModelOption,
	taskConcurrencyOption,
	...outputOptions,
	timeLimitOption(
		'How long one item may take, from its first request to its last picture. With Wait for the Images, the request ends then, and its images may be charged all the same. For slow images, set Completion to Return the Task at Once.',
	),
];
