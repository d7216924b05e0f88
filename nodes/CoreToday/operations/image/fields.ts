// The fields that only Core.Today's image operations have.
import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { DEFAULT_MODEL } from '../../../../providers/coretoday/models';
import {
	completionFieldsWithCallback,
	taskConcurrencyOption,
	taskTimeLimitOption,
} from '../../../shared/completionFields';
import {
	backgroundOption,
	compressionOption,
	moderationOption,
	outputFormatOption,
} from '../../../shared/formatOptions';
import {
	customSizeField,
	modelField,
	numberOfImagesField,
	outputOptions,
	qualities,
	qualityField,
	sizeField,
} from '../../../shared/imageFields';

const GPT_IMAGE_2 = [DEFAULT_MODEL];

const RATIOS: INodePropertyOptions[] = [
	{ name: 'Square (1:1)', value: '1:1' },
	{ name: 'Landscape (3:2)', value: '3:2' },
	{ name: 'Portrait (2:3)', value: '2:3' },
];

export const coreTodayModelField: INodeProperties = {
	...modelField(DEFAULT_MODEL, 'searchModels'),
	description:
		"GPT Image 2 is in the list. For any other model of Core.Today enter the ID that the model's page shows, written as OWNER/NAME.",
};

export const choiceFields: INodeProperties[] = [
	{
		...sizeField(RATIOS),
		displayOptions: { show: { model: GPT_IMAGE_2 } },
		description: 'Automatic makes a square image',
	},
	{
		...sizeField([...RATIOS, { name: 'Custom…', value: 'custom' }]),
		displayOptions: { hide: { model: GPT_IMAGE_2 } },
	},
	{
		...customSizeField,
		displayOptions: { show: { size: ['custom'] }, hide: { model: GPT_IMAGE_2 } },
		placeholder: 'e.g. 16:9',
		description: "As the model's page at Core.Today writes it",
	},
	{
		...qualityField(qualities),
		description:
			'Higher quality costs more and takes longer. With GPT Image 2, Automatic costs as much as High.',
	},
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
		displayOptions: { hide: { model: GPT_IMAGE_2 } },
		description:
			'Settings that only this model has, such as {"steps": 20}. They are passed on as they are, and win over the fields above. The model\'s page at Core.Today names them.',
	},
];

export const completionFields = completionFieldsWithCallback('Core.Today');

export const fileWayOption: INodeProperties = {
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

export const imageOptions: INodeProperties[] = [
	backgroundOption('Automatic lets the model decide. GPT Image 2 makes no transparent images.'),
	compressionOption(90),
	taskConcurrencyOption,
	moderationOption,
	...outputOptions,
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
	taskTimeLimitOption,
];
