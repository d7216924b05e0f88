// The fields that only EvoLink's image operations have: its models, and what each of them lets a person choose.
import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { DEFAULT_MODEL } from '../../../../providers/evolink/models';
import {
	completionFieldsWithCallback,
	taskConcurrencyOption,
	taskTimeLimitOption,
} from '../../../shared/completionFields';
import {
	customSizeField,
	highestQualities,
	modelField,
	numberOfImagesField,
	outputOptions,
	qualities,
	qualityField,
	sizeField,
} from '../../../shared/imageFields';

const MODELS_WITH_FEW_SIZES = ['gpt-4o-image', 'gpt-image-1'];

const CLASSIC_SIZES: INodePropertyOptions[] = [
	{ name: 'Square (1:1)', value: '1:1' },
	{ name: 'Portrait (2:3)', value: '2:3' },
	{ name: 'Landscape (3:2)', value: '3:2' },
	{ name: 'Square, 1024 × 1024 Pixels', value: '1024x1024' },
	{ name: 'Portrait, 1024 × 1536 Pixels', value: '1024x1536' },
	{ name: 'Landscape, 1536 × 1024 Pixels', value: '1536x1024' },
];

const MORE_SIZES: INodePropertyOptions[] = [
	{ name: 'Portrait for Feeds (4:5)', value: '4:5' },
	{ name: 'Portrait (3:4)', value: '3:4' },
	{ name: 'Portrait for Stories (9:16)', value: '9:16' },
	{ name: 'Landscape (4:3)', value: '4:3' },
	{ name: 'Wide Landscape (16:9)', value: '16:9' },
	{ name: 'Custom…', value: 'custom' },
];

export const evoLinkModelField = modelField(DEFAULT_MODEL, 'searchModels');

/** Size, quality and number of images, as far as the chosen model has them. */
export const choiceFields: INodeProperties[] = [
	{
		...sizeField(CLASSIC_SIZES),
		displayOptions: { show: { model: MODELS_WITH_FEW_SIZES } },
	},
	{
		...sizeField([...CLASSIC_SIZES, ...MORE_SIZES]),
		displayOptions: { hide: { model: MODELS_WITH_FEW_SIZES } },
	},
	{
		...customSizeField,
		displayOptions: { show: { size: ['custom'] }, hide: { model: MODELS_WITH_FEW_SIZES } },
	},
	{
		...qualityField(qualities),
		displayOptions: { show: { model: ['gpt-image-1'] } },
		description: 'Higher quality costs more and takes longer. Automatic means high.',
	},
	{
		...qualityField([...qualities, ...highestQualities]),
		displayOptions: { hide: { model: MODELS_WITH_FEW_SIZES } },
		description:
			'Higher quality costs more and takes longer. Not every model has Extra High and Maximum.',
	},
	{
		displayName: 'Number of Images',
		name: 'numberOfImages',
		type: 'options',
		options: [
			{ name: '1', value: 1 },
			{ name: '2', value: 2 },
			{ name: '4', value: 4 },
		],
		default: 1,
		displayOptions: { show: { model: ['gpt-4o-image'] } },
		description: 'How many images to make for each item. Each one is paid for.',
	},
	{ ...numberOfImagesField, displayOptions: { hide: { model: ['gpt-4o-image'] } } },
];

export const completionFields = completionFieldsWithCallback('EvoLink');

export const imageOptions: INodeProperties[] = [
	taskConcurrencyOption,
	...outputOptions,
	{
		displayName: 'Resolution',
		name: 'resolution',
		type: 'options',
		options: [
			{ name: '1K', value: '1K' },
			{ name: '2K', value: '2K' },
			{ name: '4K', value: '4K' },
		],
		default: '1K',
		displayOptions: { hide: { '/model': MODELS_WITH_FEW_SIZES } },
		description:
			'How large an image with an aspect ratio becomes. It works only with an aspect ratio, not with a size in pixels.',
	},
	taskTimeLimitOption,
];
