// The fields that only EvoLink's image operations have: its models, and what each of them lets a person choose.
import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { DEFAULT_MODEL, IMAGE_MODELS } from '../../../../providers/evolink/models';
import { labelOf } from '../../../../providers/limits/modelRows';
import { completionFieldsWithCallback, taskOptions } from '../../../shared/fields/completionFields';
import {
	customSizeField,
	customSizeOption,
	highestQualities,
	maskFields as everyMaskField,
	modelField,
	numberOfImagesField,
	qualities,
	qualityField,
	sizeField,
	sizeOption,
} from '../../../shared/fields/imageFields';
import { namesOf } from '../../../shared/fields/modelNames';
import { onceOption } from '../../../shared/fields/referenceOption';

/** Which models a field is shown for. */
const MODELS_WITH_FEW_SIZES = namesOf(IMAGE_MODELS.filter(({ limits }) => limits.sizes));
const MODELS_WITH_FEW_QUALITIES = namesOf(
	IMAGE_MODELS.filter(({ limits }) => limits.qualities?.length),
);
const MODELS_WITHOUT_HIGHEST_QUALITIES = namesOf(
	IMAGE_MODELS.filter(({ limits }) => limits.qualities),
);
const MODELS_WITH_FEW_COUNTS = namesOf(
	IMAGE_MODELS.filter(({ limits }) => !limits.counts.includes(10)),
);

const MODELS_WITH_WHITE_MASKS = namesOf(
	IMAGE_MODELS.filter(({ limits: { mask } }) => mask !== 'none' && mask.marksInWhite),
);

const CLASSIC_SIZES = ['1:1', '2:3', '3:2', '1024x1024', '1024x1536', '1536x1024'].map(sizeOption);

const MORE_SIZES: INodePropertyOptions[] = [
	{ name: 'Portrait for Feeds (4:5)', value: '4:5' },
	sizeOption('3:4'),
	{ name: 'Portrait for Stories (9:16)', value: '9:16' },
	sizeOption('4:3'),
	{ name: 'Wide Landscape (16:9)', value: '16:9' },
	customSizeOption,
];

const choices: INodeProperties[] = [
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
		displayOptions: { show: { model: MODELS_WITH_FEW_QUALITIES } },
		description: 'Higher quality costs more and takes longer. Automatic means high.',
	},
	{
		...qualityField([...qualities, ...highestQualities]),
		displayOptions: { hide: { model: MODELS_WITHOUT_HIGHEST_QUALITIES } },
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
		displayOptions: { show: { model: MODELS_WITH_FEW_COUNTS } },
		description: 'How many images to make for each item. Each one is paid for.',
	},
	{ ...numberOfImagesField, displayOptions: { hide: { model: MODELS_WITH_FEW_COUNTS } } },
];

const [maskField, ...maskPlaceFields] = everyMaskField;

const maskFields: INodeProperties[] = [
	{ ...maskField!, displayOptions: { hide: { model: MODELS_WITH_WHITE_MASKS } } },
	{
		...maskField!,
		displayOptions: { show: { model: MODELS_WITH_WHITE_MASKS } },
		description:
			'A PNG as large as the input image, which must be a PNG too. What is white in it gets changed, what is black stays.',
	},
	...maskPlaceFields,
];

const options: INodeProperties[] = [
	...taskOptions,
	onceOption,
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
];

export const imageFields = {
	model: modelField(DEFAULT_MODEL, 'searchModels', labelOf(IMAGE_MODELS, DEFAULT_MODEL)),
	choices,
	completion: completionFieldsWithCallback('EvoLink'),
	options,
	pricedOptions: ['resolution'],
	maskFields,
};
