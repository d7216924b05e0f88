// The fields of fal's image operations: what a model lets one choose is asked of its input schema.
import type { INodeProperties } from 'n8n-workflow';

import { defaultModel, KNOWN_MODELS, type Use } from '../../../../providers/fal/models';
import { labelOf } from '../../../../providers/limits/modelRows';
import { completionFieldsWithCallback, taskOptions } from '../../../shared/fields/completionFields';
import { outputFormatOption } from '../../../shared/fields/formatOptions';
import {
	customSizeField,
	modelField,
	numberOfImagesField,
	overlayFields,
	qualityField,
	sizeField,
} from '../../../shared/fields/imageFields';
import { referenceOption } from '../../../shared/fields/referenceOption';

const modelFor = (use: Use): INodeProperties => ({
	...modelField(defaultModel(use), 'searchModels', labelOf(KNOWN_MODELS[use], defaultModel(use))),
	description:
		"The well-known ones stand first. Type to search all models of fal, or enter the ID that stands on the model's page.",
});

/** Asked for anew when the model changes. */
const ofModel = (loadOptionsMethod: string): INodeProperties['typeOptions'] => ({
	loadOptionsMethod,
	loadOptionsDependsOn: ['model.value'],
});

const otherSettings: INodeProperties = {
	displayName: 'Other Settings',
	name: 'input',
	type: 'resourceMapper',
	noDataExpression: true,
	default: { mappingMode: 'defineBelow', value: null },
	typeOptions: {
		loadOptionsDependsOn: ['model.value'],
		resourceMapper: {
			resourceMapperMethod: 'getSettings',
			mode: 'add',
			fieldWords: { singular: 'setting', plural: 'settings' },
			valuesLabel: 'Other Settings',
			addAllFields: false,
			supportAutoMap: false,
			noFieldsError: 'fal tells of no other settings of this model',
		},
	},
	description: 'What else this model can be told. What is not added takes its usual value.',
};

const choices: INodeProperties[] = [
	{
		...sizeField([]),
		typeOptions: ofModel('getSizes'),
		description: 'What the chosen model can draw',
	},
	{
		...customSizeField,
		displayOptions: { show: { size: ['custom'] } },
		placeholder: 'e.g. 21:9, 1200x640 or landscape_16_9',
		description: "An aspect ratio, width and height in pixels, or a word of the model's own",
	},
	{
		...qualityField([]),
		typeOptions: ofModel('getQualities'),
		description:
			'Higher quality costs more and takes longer. Only some models have this setting: GPT Image draws in high quality there, unless another one is chosen.',
	},
	{
		...numberOfImagesField,
		description:
			'How many images to make for each item, 1 to 10. Each one is paid for. Where a model makes fewer at a time, several tasks are started.',
	},
	otherSettings,
];

export const imageFields = {
	model: modelFor('generate'),
	editModel: modelFor('edit'),
	choices,
	conversions: [
		{
			option: {
				name: 'Upscale',
				value: 'upscale',
				action: 'Upscale an image',
				description: 'Make a larger and sharper picture of one',
			},
			model: modelFor('upscale'),
			fields: [otherSettings],
		},
		{
			option: {
				name: 'Remove Background',
				value: 'removeBackground',
				action: 'Remove the background of an image',
				description: 'Cut out what a picture shows, with transparency around it',
			},
			model: modelFor('removeBackground'),
			fields: [otherSettings],
		},
	],
	completion: completionFieldsWithCallback('fal'),
	options: [...taskOptions, outputFormatOption('png'), referenceOption],
	maskFields: overlayFields(
		'mask',
		'A picture as large as the first input image, for the models that take one. Most change what is white in it; GPT Image changes what is transparent.',
	),
};
