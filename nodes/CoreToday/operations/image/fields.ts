// The fields that only Core.Today's image operations have.
import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { DEFAULT_MODEL } from '../../../../providers/coretoday/models';
import {
	completionFieldsWithCallback,
	concurrencyOption,
	customSizeField,
	modelField,
	numberOfImagesField,
	outputOptions,
	qualities,
	qualityField,
	sizeField,
	timeLimitOption,
} from '../../../shared/imageFields';

const GPT_IMAGE_2 = [DEFAULT_MODEL];

const RATIOS: INodePropertyOptions[] = [
	{ name: 'Square (1:1)', value: '1:1' },
	{ name: 'Landscape (3:2)', value: '3:2' },
	{ name: 'Portrait (2:3)', value: '2:3' },
];

export const coreTodayModelField = modelField(DEFAULT_MODEL, 'searchModels');

export const choiceFields: INodeProperties[] = [
	{
		...sizeField(RATIOS),
		displayName: 'Aspect Ratio',
		displayOptions: { show: { model: GPT_IMAGE_2 } },
	},
	{
		...sizeField([...RATIOS, { name: 'Custom…', value: 'custom' }]),
		displayName: 'Aspect Ratio',
		displayOptions: { hide: { model: GPT_IMAGE_2 } },
	},
	{
		...customSizeField,
		displayName: 'Custom Aspect Ratio',
		displayOptions: { show: { size: ['custom'] }, hide: { model: GPT_IMAGE_2 } },
		placeholder: 'e.g. 16:9',
		description: 'As the model names it',
	},
	{
		...qualityField(qualities),
		description: 'Higher quality costs more and takes longer. Automatic costs as much as high.',
	},
	{
		...numberOfImagesField,
		description:
			'How many images to make for each item, 1 to 10. Each one is a prediction of its own and is paid for.',
	},
	{
		displayName: 'Additional Input (JSON)',
		name: 'additionalInput',
		type: 'json',
		default: '{}',
		displayOptions: { hide: { model: GPT_IMAGE_2 } },
		description:
			'Settings of this model, passed on as they are. Its page at Core.Today names them. They win over the fields above.',
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
		{ name: 'Through the Storage', value: 'storage' },
		{ name: 'With the Request', value: 'multipart' },
	],
	default: 'auto',
	description: 'How input files reach Core.Today',
};

export const imageOptions: INodeProperties[] = [
	{
		displayName: 'Background',
		name: 'background',
		type: 'options',
		options: [
			{ name: 'Automatic', value: 'auto' },
			{ name: 'Opaque', value: 'opaque' },
		],
		default: 'auto',
		description: 'This model makes no transparent images',
	},
	{
		displayName: 'Compression',
		name: 'compression',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: 100 },
		default: 90,
		description: 'For JPEG and WebP: 100 is the best picture, lower numbers make smaller files',
	},
	concurrencyOption,
	{
		displayName: 'Moderation',
		name: 'moderation',
		type: 'options',
		options: [
			{ name: 'Automatic', value: 'auto' },
			{ name: 'Low', value: 'low' },
		],
		default: 'auto',
		description: 'How strictly the content is checked',
	},
	...outputOptions,
	{
		displayName: 'Output Folder',
		name: 'outputFolder',
		type: 'string',
		default: '',
		placeholder: 'e.g. campaigns/spring',
		description: 'The folder in your Core.Today storage that the image is put in',
	},
	{
		displayName: 'Output Format',
		name: 'outputFormat',
		type: 'options',
		options: [
			{ name: 'JPEG', value: 'jpeg' },
			{ name: 'PNG', value: 'png' },
			{ name: 'WebP', value: 'webp' },
		],
		default: 'webp',
	},
	{
		displayName: 'Public Result',
		name: 'isPublic',
		type: 'boolean',
		default: false,
		description:
			'Whether the image also gets a public link that never ends. Anyone who has the link can see the image.',
	},
	timeLimitOption,
];

/** The Options field with these entries, sorted by name as n8n wants it. */
export function optionsField(entries: INodeProperties[]): INodeProperties {
	return {
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [...entries].sort((a, b) => a.displayName.localeCompare(b.displayName)),
	};
}
