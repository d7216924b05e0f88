// The fields that every image node shares, in the words and the order that a person meets in all of them.
import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

/** The model, from the account's live list or by ID. `searchListMethod` names the node's method that fills the list. */
export function modelField(defaultModel: string, searchListMethod: string): INodeProperties {
	return {
		displayName: 'Model',
		name: 'model',
		type: 'resourceLocator',
		default: { mode: 'list', value: defaultModel, cachedResultName: defaultModel },
		required: true,
		description: 'The list shows what your account can use today',
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				typeOptions: { searchListMethod, searchable: true },
			},
			{ displayName: 'By ID', name: 'id', type: 'string', placeholder: `e.g. ${defaultModel}` },
		],
	};
}

export const promptField: INodeProperties = {
	displayName: 'Prompt',
	name: 'prompt',
	type: 'string',
	typeOptions: { rows: 4 },
	default: '',
	required: true,
	placeholder: 'e.g. A red bicycle in front of a yellow wall, morning light',
	description: 'What the image should show, in your own words and in any language',
};

export const editPromptField: INodeProperties = {
	...promptField,
	placeholder: 'e.g. Put the bottle on a wooden table in a sunny kitchen',
	description: 'What should change in the input images, in your own words and in any language',
};

/** Reference images, from the item's files and from the web, in any mixture and order. */
export const inputImagesField: INodeProperties = {
	displayName: 'Input Images',
	name: 'inputImages',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Input Image', sortable: true },
	placeholder: 'Add Input Image',
	default: { images: [{ source: 'binary', binaryPropertyName: 'data' }] },
	description: 'The images to work from. With a mask, it belongs to the first one.',
	options: [
		{
			displayName: 'Image',
			name: 'images',
			values: [
				{
					displayName: 'Source',
					name: 'source',
					type: 'options',
					options: [
						{ name: 'From Binary Field', value: 'binary' },
						{ name: 'From URL', value: 'url' },
					],
					default: 'binary',
				},
				{
					displayName: 'Input Data Field Name',
					name: 'binaryPropertyName',
					type: 'string',
					default: 'data',
					displayOptions: { show: { source: ['binary'] } },
					placeholder: 'e.g. data',
					hint: "The name of the field that holds the file, as shown under Binary in the previous node's output. Several names with commas between them work too.",
				},
				{
					displayName: 'URL',
					name: 'url',
					type: 'string',
					default: '',
					displayOptions: { show: { source: ['url'] } },
					placeholder: 'e.g. https://example.com/product.png',
					hint: 'An address that opens without signing in. A list of addresses works too.',
				},
			],
		},
	],
};

/** A mask: none, or one file or address. */
export const maskFields: INodeProperties[] = [
	{
		displayName: 'Mask',
		name: 'maskSource',
		type: 'options',
		options: [
			{ name: 'From Binary Field', value: 'binary' },
			{ name: 'From URL', value: 'url' },
			{ name: 'None', value: 'none' },
		],
		default: 'none',
		description:
			'A PNG as large as the first input image. Only where it is transparent is the image changed.',
	},
	{
		displayName: 'Mask Data Field Name',
		name: 'maskBinaryPropertyName',
		type: 'string',
		default: 'mask',
		displayOptions: { show: { maskSource: ['binary'] } },
		placeholder: 'e.g. mask',
		hint: "The name of the field that holds the mask file, as shown under Binary in the previous node's output",
	},
	{
		displayName: 'Mask URL',
		name: 'maskUrl',
		type: 'string',
		default: '',
		displayOptions: { show: { maskSource: ['url'] } },
		placeholder: 'e.g. https://example.com/mask.png',
	},
];

/** Size or aspect ratio: these, and before them whatever the model likes best. */
export function sizeField(sizes: INodePropertyOptions[]): INodeProperties {
	return {
		displayName: 'Size or Aspect Ratio',
		name: 'size',
		type: 'options',
		options: [{ name: 'Automatic', value: '' }, ...sizes],
		default: '',
	};
}

export const customSizeField: INodeProperties = {
	displayName: 'Custom Size',
	name: 'customSize',
	type: 'string',
	default: '',
	placeholder: 'e.g. 21:9 or 1200x640',
	description: 'An aspect ratio, or width and height in pixels',
};

export const qualities: INodePropertyOptions[] = [
	{ name: 'Automatic', value: '' },
	{ name: 'Low', value: 'low' },
	{ name: 'Medium', value: 'medium' },
	{ name: 'High', value: 'high' },
];

export const highestQualities: INodePropertyOptions[] = [
	{ name: 'Extra High', value: 'xhigh' },
	{ name: 'Maximum', value: 'max' },
];

export function qualityField(options: INodePropertyOptions[]): INodeProperties {
	return {
		displayName: 'Quality',
		name: 'quality',
		type: 'options',
		options,
		default: '',
		description: 'Higher quality costs more and takes longer',
	};
}

export const numberOfImagesField: INodeProperties = {
	displayName: 'Number of Images',
	name: 'numberOfImages',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: 10 },
	default: 1,
	description: 'How many images to make for each item, 1 to 10. Each one is paid for.',
};

export const outputFieldOption: INodeProperties = {
	displayName: 'Put Output File in Field',
	name: 'binaryPropertyOutput',
	type: 'string',
	default: 'data',
	placeholder: 'e.g. data',
	description: 'The name of the field that the image file is put in',
};

export const outputOptions: INodeProperties[] = [
	{
		displayName: 'Output',
		name: 'output',
		type: 'options',
		options: [
			{ name: 'Image File', value: 'file' },
			{ name: 'Link Only', value: 'link', description: 'Nothing is downloaded' },
		],
		default: 'file',
		description: 'Whether to download the images, or only to pass on their links',
	},
	outputFieldOption,
];

export const concurrencyOption: INodeProperties = {
	displayName: 'Concurrency',
	name: 'concurrency',
	type: 'number',
	typeOptions: { minValue: 1 },
	default: 10,
	description: 'How many items the node works on at the same time',
};

/** `description` says what becomes of the images after that. */
export function timeLimitOption(description: string): INodeProperties {
	return {
		displayName: 'Time Limit (Seconds)',
		name: 'timeLimitSeconds',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 900,
		description,
	};
}
