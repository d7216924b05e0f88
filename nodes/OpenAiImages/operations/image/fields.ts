// The fields of OpenAI's image models: what each of them lets a person choose.
import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { DEFAULT_MODEL, IMAGE_MODELS } from '../../../../providers/openai/models';
import { labelOf } from '../../../../providers/limits/modelRows';
import { completionField, taskConcurrencyOption } from '../../../shared/fields/completionFields';
import {
	backgroundOption,
	compressionOption,
	moderationOption,
	outputFormatOption,
} from '../../../shared/fields/formatOptions';
import {
	customSizeField,
	customSizeOption,
	highestQualities,
	maskFields,
	modelField,
	numberOfImagesField,
	overlayFields,
	qualities,
	qualityField,
	sizeField,
	sizeOption,
	timeLimitOption,
} from '../../../shared/fields/imageFields';
import { outputOptions } from '../../../shared/fields/outputFields';
import { namesOf } from '../../../shared/fields/modelNames';
import { referenceOption } from '../../../shared/fields/referenceOption';
import { chatModelField } from '../../chatModel';

/** Which models a field is shown for. */
const FIXED_SIZE_MODELS = namesOf(IMAGE_MODELS.filter(({ limits }) => limits.sizes));
const MODELS_WITH_FOUR_QUALITIES = namesOf(
	IMAGE_MODELS.filter(({ limits: { qualities: known } }) => known && !known.includes('max')),
);
const MODELS_WITHOUT_FIDELITY = namesOf(
	IMAGE_MODELS.filter(({ limits }) => !limits.extras?.includes('input_fidelity')),
);
const EVERY_GPT_IMAGE = namesOf(IMAGE_MODELS);
/** Without complexity, animations, vector pictures and markup. */
const OLDER_MODELS = namesOf(IMAGE_MODELS.filter(({ limits }) => !limits.markup));

const SIZES = ['1024x1024', '1536x1024', '1024x1536'].map(sizeOption);

const MORE_SIZES: INodePropertyOptions[] = [
	{ name: 'Wide Landscape, 1792 × 1008 Pixels (16:9)', value: '1792x1008' },
	{ name: 'Portrait for Feeds, 1024 × 1280 Pixels (4:5)', value: '1024x1280' },
	{ name: 'Portrait for Stories, 1008 × 1792 Pixels (9:16)', value: '1008x1792' },
	customSizeOption,
];

export const imageModelField = modelField(
	DEFAULT_MODEL,
	'searchImageModels',
	labelOf(IMAGE_MODELS, DEFAULT_MODEL),
);

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

const completionFields: INodeProperties[] = [
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
	...chatModelField,
	displayName: 'Calling Model',
	name: 'callingModel',
	required: false,
	displayOptions: { show: { '/completion': ['return'] } },
	description: `The text model that passes the prompt on to the image model, for background tasks. ${chatModelField.description}`,
};

const completionWindowOption: INodeProperties = {
	displayName: 'Completion Window',
	name: 'completionWindow',
	type: 'options',
	options: [
		{ name: 'As Soon as Possible', value: 'soonest' },
		{ name: 'Within 2 Hours', value: '2h' },
		{ name: 'Within 8 Hours', value: '8h' },
	],
	default: 'soonest',
	displayOptions: { show: { '/completion': ['return'] } },
	description: 'How long a background task may take. The longer it may, the less OpenAI charges.',
};

/** A form has no moderation level, so that edits have one only where they are background tasks. */
const taskModerationOption: INodeProperties = {
	...moderationOption,
	displayOptions: { show: { '/completion': ['return'] } },
};

/** A picture with marks that is laid over the first input image. Background tasks have none. */
const markupFields = overlayFields(
	'markup',
	'A transparent PNG as large as the first input image, with arrows, circles or words on it that show what to change where',
	{ hide: { model: OLDER_MODELS } },
);

export const inputFidelityOption: INodeProperties = {
	displayName: 'Input Fidelity',
	name: 'input_fidelity',
	type: 'options',
	options: [
		{ name: 'High', value: 'high' },
		{ name: 'Low', value: 'low' },
	],
	default: 'low',
	displayOptions: { hide: { '/model': MODELS_WITHOUT_FIDELITY } },
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
const DALL_E = ['dall-e-2', 'dall-e-3'];

const streamOptions: INodeProperties[] = [
	{
		displayName: 'Partial Images',
		name: 'partialImages',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: 3 },
		default: 1,
		displayOptions: { show: { '/completion': ['wait'] }, hide: { '/model': DALL_E } },
		description:
			'How many early drafts to get of each image, at most 3. They come in fields of their own, such as data_partial_1, and each one costs output tokens. Turns on Stream, and so makes each image a request of its own.',
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

const complexityOption: INodeProperties = {
	displayName: 'Complexity',
	name: 'complexity',
	type: 'options',
	options: [
		{ name: 'High', value: 'high' },
		{ name: 'Low', value: 'low' },
		{ name: 'Medium', value: 'medium' },
	],
	default: 'high',
	displayOptions: { hide: { '/model': OLDER_MODELS } },
	description: 'How much the model plans before it draws, independently of the quality',
};

const animationOptions: INodeProperties[] = [
	{
		displayName: 'Frame Count',
		name: 'frameCount',
		type: 'number',
		typeOptions: { minValue: 2, maxValue: 16 },
		default: 9,
		displayOptions: { show: { outputFormat: ['gif'] } },
		description: 'How many frames a GIF has, 2 to 16. More frames must be smaller ones.',
	},
	{
		displayName: 'Frame Duration (Milliseconds)',
		name: 'frameDuration',
		type: 'number',
		typeOptions: { minValue: 10 },
		default: 200,
		displayOptions: { show: { outputFormat: ['gif'] } },
		description: 'How long each frame of a GIF is shown, in steps of 10',
	},
];

const vectorOptions: INodeProperties[] = [
	{
		displayName: 'SVG Model',
		name: 'svgModel',
		type: 'string',
		default: '',
		displayOptions: { show: { outputFormat: ['svg'] } },
		placeholder: 'e.g. gpt-6-astra',
		description:
			'The text model that writes the SVG after the picture. Only for accounts that OpenAI lets choose it, and then needed.',
	},
	{
		displayName: 'SVG Reasoning Effort',
		name: 'svgReasoningEffort',
		type: 'options',
		options: [
			{ name: 'Extra High', value: 'xhigh' },
			{ name: 'High', value: 'high' },
			{ name: 'Low', value: 'low' },
			{ name: 'Maximum', value: 'max' },
			{ name: 'Medium', value: 'medium' },
			{ name: 'Minimal', value: 'minimal' },
			{ name: 'None', value: 'none' },
		],
		default: 'medium',
		displayOptions: { show: { outputFormat: ['svg'] } },
		description: 'How long the SVG Model thinks. Which efforts it has depends on the model.',
	},
];

/** What belongs to the request itself, in whatever way it is sent. */
export const requestOptions: INodeProperties[] = [
	backgroundOption("Transparent doesn't go with the Output Format JPEG", [
		{ name: 'Transparent', value: 'transparent' },
	]),
	complexityOption,
	compressionOption(100),
	...animationOptions,
	...olderModelOptions,
	outputFormatOption('png', [
		{ name: 'GIF', value: 'gif', description: 'An animation, with GPT Image 2.6' },
		{ name: 'SVG', value: 'svg', description: 'A vector picture, with GPT Image 2.6' },
	]),
	...vectorOptions,
	referenceOption,
	safetyIdentifierOption,
];

const options: INodeProperties[] = [
	...requestOptions,
	...streamOptions,
	callingModelOption,
	completionWindowOption,
	taskConcurrencyOption,
	...outputOptions,
	timeLimitOption(
		"How long one item may take, from its first request to its last picture. With Wait for the Images, the request ends then, and its images may be charged all the same. For slow images, set Waiting to Don't Wait.",
	),
];

export const imageFields = {
	model: imageModelField,
	choices: choiceFields,
	completion: completionFields,
	options,
	generateOptions: [moderationOption],
	editOptions: [inputFidelityOption, taskModerationOption],
	pricedOptions: [
		'callingModel',
		'completionWindow',
		'complexity',
		'input_fidelity',
		'outputFormat',
		'partialImages',
	],
	isPricedByCompletion: true,
	maskFields,
	editFields: markupFields,
};
