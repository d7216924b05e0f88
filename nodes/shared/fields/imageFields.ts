// The fields that every image node shares, in the words and the order that a person meets in all of them.
import type { IDisplayOptions, INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { isRatio } from '../../../providers/limits/sizes';

/** The model, from the account's live list or by ID. `searchListMethod` names the node's method that fills the list, `label` is what the list calls the default. */
export function modelField(
	defaultModel: string,
	searchListMethod: string,
	label = defaultModel,
): INodeProperties {
	return {
		displayName: 'Model',
		name: 'model',
		type: 'resourceLocator',
		default: { mode: 'list', value: defaultModel, cachedResultName: label },
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
	typeOptions: { rows: 3 },
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

/** Where a file lies. */
export const sourceField: INodeProperties = {
	displayName: 'Source',
	name: 'source',
	type: 'options',
	options: [
		{ name: 'From Binary Field', value: 'binary' },
		{ name: 'From URL', value: 'url' },
	],
	default: 'binary',
};

/** Reference images, from the item's files and from the web, in any mixture and order. */
export const inputImagesField: INodeProperties = {
	displayName: 'Input Images',
	name: 'inputImages',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Input Image', sortable: true },
	placeholder: 'Add Input Image',
	default: { images: [{ source: 'binary', binaryPropertyName: 'data' }] },
	description: 'The images to work from',
	options: [
		{
			displayName: 'Image',
			name: 'images',
			values: [
				sourceField,
				{
					displayName: 'Input Data Field Name',
					name: 'binaryPropertyName',
					type: 'string',
					default: 'data',
					displayOptions: { show: { source: ['binary'] } },
					placeholder: 'e.g. data',
					description:
						"The name of the field that holds the file, as shown under Binary in the previous node's output. Several names with commas between them work too.",
				},
				{
					displayName: 'URL',
					name: 'url',
					type: 'string',
					default: '',
					displayOptions: { show: { source: ['url'] } },
					placeholder: 'e.g. https://example.com/product.png',
					description:
						'An address that opens without signing in. Several with commas between them, or a list, work too.',
				},
			],
		},
	],
};

/**
 * A picture that is laid over the first input image: none, or one file or address. `name` is what its parameters begin
 * with; `hide` says for which models there is none.
 */
export function overlayFields(
	name: string,
	description: string,
	{ hide }: Pick<IDisplayOptions, 'hide'> = {},
): INodeProperties[] {
	const title = name.charAt(0).toUpperCase() + name.slice(1);
	const hidden = hide && { hide };
	return [
		{
			displayName: title,
			name: `${name}Source`,
			type: 'options',
			options: [
				{ name: 'From Binary Field', value: 'binary' },
				{ name: 'From URL', value: 'url' },
				{ name: 'None', value: 'none' },
			],
			default: 'none',
			...(hidden && { displayOptions: hidden }),
			description,
		},
		{
			displayName: `${title} Data Field Name`,
			name: `${name}BinaryPropertyName`,
			type: 'string',
			default: name,
			displayOptions: { show: { [`${name}Source`]: ['binary'] }, ...hidden },
			placeholder: `e.g. ${name}`,
			description: `The name of the field that holds the ${name} file, as shown under Binary in the previous node's output`,
		},
		{
			displayName: `${title} URL`,
			name: `${name}Url`,
			type: 'string',
			default: '',
			displayOptions: { show: { [`${name}Source`]: ['url'] }, ...hidden },
			placeholder: `e.g. https://example.com/${name}.png`,
		},
	];
}

export const maskFields = overlayFields(
	'mask',
	'A PNG as large as the first input image. Only where it is transparent is the image changed.',
);

export const automaticOption: INodePropertyOptions = { name: 'Automatic', value: '' };

export const customSizeOption: INodePropertyOptions = { name: 'Custom…', value: 'custom' };

/** A size in words: a ratio, or width and height in pixels. Anything else is called by itself. */
export function sizeOption(value: string): INodePropertyOptions {
	const [, width, height] = /^(\d+)[x:](\d+)$/.exec(value)?.map(Number) ?? [];
	if (!width || !height) return { name: value, value };
	const shape = width === height ? 'Square' : width < height ? 'Portrait' : 'Landscape';
	const sides = isRatio(value) ? ` (${value})` : `, ${width} × ${height} Pixels`;
	return { name: `${shape}${sides}`, value };
}

/** A size or an aspect ratio: these, and before them whatever the model likes best. */
export function sizeField(sizes: INodePropertyOptions[]): INodeProperties {
	return {
		displayName: 'Size',
		name: 'size',
		type: 'options',
		options: [automaticOption, ...sizes],
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
	automaticOption,
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
