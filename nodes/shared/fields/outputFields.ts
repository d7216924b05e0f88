// The Options that say what an output item holds: where its picture goes, what it is called, and what stands beside it.
import type { INodeProperties } from 'n8n-workflow';

/** Where the picture comes out as a file, whatever else is chosen. */
export const fileOptions: INodeProperties[] = [
	{
		displayName: 'Put Output File in Field',
		name: 'binaryPropertyOutput',
		type: 'string',
		default: 'data',
		placeholder: 'e.g. data',
		description: 'The name of the field that the image file is put in',
	},
	{
		displayName: 'File Name',
		name: 'fileName',
		type: 'string',
		default: '',
		placeholder: 'e.g. summer-poster',
		description:
			'What to call the image file. The ending follows from its type, and several images are numbered or named by their formats. Without a name it is called by the first words of the prompt and a short number.',
	},
	{
		displayName: 'Group Images',
		name: 'groupImages',
		type: 'boolean',
		default: false,
		description:
			'Whether to put all images that belong together into one item, as for a carousel or an email: their files in data_1, data_2 and so on, their facts in the list images',
	},
];

/** What a trigger lets a person choose. */
export const triggerOutputOptions: INodeProperties[] = [
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
	...fileOptions,
];

/** An operation that has it adds what came in to every item that it puts out. */
export const includeInputFieldsOption: INodeProperties = {
	displayName: 'Include Input Fields',
	name: 'includeInputFields',
	type: 'boolean',
	default: true,
	description:
		"Whether to keep on every output item what came in, such as the fields of a table's row. Where both have a field of the same name, the image's own stays.",
};

/** What every operation that puts out images lets a person choose. */
export const outputOptions: INodeProperties[] = [...triggerOutputOptions, includeInputFieldsOption];
