// The fields that only Core.Today's image operations have.
import type { INodeProperties } from 'n8n-workflow';

import { DEFAULT_MODEL, IMAGE_MODELS } from '../../../../providers/coretoday/models';
import { costOf } from '../../../../providers/coretoday/prices';
import { labelOf } from '../../../../providers/limits/modelRows';
import { completionFieldsWithCallback, taskOptions } from '../../../shared/fields/completionFields';
import {
	backgroundOption,
	compressionOption,
	moderationOption,
	outputFormatOption,
} from '../../../shared/fields/formatOptions';
import {
	customSizeField,
	customSizeOption,
	modelField,
	numberOfImagesField,
	qualities,
	qualityField,
	sizeField,
	sizeOption,
} from '../../../shared/fields/imageFields';
import { namesOf } from '../../../shared/fields/modelNames';
import { referenceOption } from '../../../shared/fields/referenceOption';

/** Which models a field is shown for: those that aren't known have settings of their own. */
const KNOWN_MODELS = namesOf(IMAGE_MODELS);

const RATIOS = ['1:1', '3:2', '2:3'].map(sizeOption);

const model: INodeProperties = {
	...modelField(DEFAULT_MODEL, 'searchModels', labelOf(IMAGE_MODELS, DEFAULT_MODEL)),
	description:
		"GPT Image 2 is in the list. For any other model of Core.Today enter the ID that the model's page shows, written as OWNER/NAME.",
};

const priceOf = (quality: string) => `$${costOf(DEFAULT_MODEL, quality || 'auto')?.amount}`;
const qualitiesWithPrices = qualities.map(({ name, value }) => ({
	name,
	value,
	description: `${priceOf(String(value))} per image`,
}));
const pricesOfQualities = qualities
	.map(({ name, value }) => `${name} ${priceOf(String(value))}`)
	.join(', ');

const choices: INodeProperties[] = [
	{
		...sizeField(RATIOS),
		displayOptions: { show: { model: KNOWN_MODELS } },
		description: 'Automatic makes a square image',
	},
	{
		...sizeField([...RATIOS, customSizeOption]),
		displayOptions: { hide: { model: KNOWN_MODELS } },
	},
	{
		...customSizeField,
		displayOptions: { show: { size: ['custom'] }, hide: { model: KNOWN_MODELS } },
		placeholder: 'e.g. 16:9',
		description: "As the model's page at Core.Today writes it",
	},
	{
		...qualityField(qualitiesWithPrices),
		// Automatic costs as much as High there, and so ten times what others ask for their default.
		default: 'medium',
		displayOptions: { show: { model: KNOWN_MODELS } },
		description: `Higher quality costs more and takes longer. Per image: ${pricesOfQualities}.`,
	},
	{ ...qualityField(qualities), displayOptions: { hide: { model: KNOWN_MODELS } } },
	{
		...numberOfImagesField,
		description:
			'How many images to make for each item, 1 to 10. Each one is a task of its own and is paid for.',
	},
	{
		displayName: 'Additional Input (JSON)',
		name: 'additionalInput',
		type: 'json',
		default: '{}',
		displayOptions: { hide: { model: KNOWN_MODELS } },
		description:
			'Settings that only this model has, such as {"steps": 20}. They are passed on as they are, and win over the fields above. The model\'s page at Core.Today names them.',
	},
];

const fileWayOption: INodeProperties = {
	displayName: 'Send Files',
	name: 'fileWay',
	type: 'options',
	options: [
		{
			name: 'Automatically',
			value: 'auto',
			description: 'Small files go with the request, large or reused ones through the storage',
		},
		{
			name: 'Through the Storage',
			value: 'storage',
			description: 'Files are uploaded first. Web addresses are passed on as they are.',
		},
		{
			name: 'With the Request',
			value: 'multipart',
			description: 'Images from web addresses are fetched by n8n and sent along too',
		},
	],
	default: 'auto',
	description: 'How the input images reach Core.Today',
};

const options: INodeProperties[] = [
	backgroundOption('Automatic lets the model decide. GPT Image 2 makes no transparent images.'),
	compressionOption(90),
	moderationOption,
	...taskOptions,
	referenceOption,
	{
		displayName: 'Output Folder',
		name: 'outputFolder',
		type: 'string',
		default: '',
		placeholder: 'e.g. campaigns/spring',
		description: 'The folder in your Core.Today storage that the image is put in',
	},
	outputFormatOption('webp'),
	{
		displayName: 'Public Result',
		name: 'isPublic',
		type: 'boolean',
		default: false,
		description:
			"Whether to also make a public link that doesn't expire. Anyone who has the link can see the image.",
	},
];

export const imageFields = {
	model,
	choices,
	completion: completionFieldsWithCallback('Core.Today'),
	options,
	editOptions: [fileWayOption],
};
