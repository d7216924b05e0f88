// The image operations of a provider whose models describe themselves: what a model lets one choose is asked of its schema.
import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import type { LocalRequest } from '../../../pipeline/media';
import type { ItemWork } from '../../../pipeline/session';
import { fieldsOf } from '../../../providers/answers/loose';
import type { KnownModels, Use } from '../../../providers/described/describedModels';
import { checkPictures, countAmong } from '../../../providers/described/input';
import { labelOf } from '../../../providers/limits/modelRows';
import { imageOperations, type ImageOrder } from '../execute/imageOperations';
import type { AccountSession } from '../execute/openAccount';
import type { ItemOperation } from '../execute/operations';
import { completionFieldsWithCallback, taskOptions } from '../fields/completionFields';
import { outputFormatOption } from '../fields/formatOptions';
import {
	customSizeField,
	modelField,
	numberOfImagesField,
	overlayFields,
	qualityField,
	sizeField,
} from '../fields/imageFields';
import { referenceOption } from '../fields/referenceOption';
import { isSet } from '../parameters/readParameters';
import { learn, type LearningProvider } from './learnModels';

type DescribedSession = AccountSession<LearningProvider>;

export interface DescribedImages {
	/** The provider's name as its node has it. */
	provider: string;
	models: KnownModels;
	/** Sizes that can be entered. */
	customSize: Required<Pick<INodeProperties, 'placeholder'>>;
	quality: Required<Pick<INodeProperties, 'description'>>;
}

const CONVERSIONS: Array<INodePropertyOptions & { value: Use }> = [
	{
		name: 'Upscale',
		value: 'upscale',
		action: 'Upscale an image',
		description: 'Make a larger and sharper picture of one',
	},
	{
		name: 'Remove Background',
		value: 'removeBackground',
		action: 'Remove the background of an image',
		description: 'Cut out what a picture shows, with transparency around it',
	},
];

export function describedImages({
	provider,
	models,
	customSize,
	quality,
}: DescribedImages): Array<ItemOperation<DescribedSession>> {
	const otherSettings = otherSettingsField(provider);
	const modelFor = (use: Use) => modelFieldFor(use, models, provider);
	return imageOperations<DescribedSession>({
		model: modelFor('generate'),
		editModel: modelFor('edit'),
		choices: [
			{
				...sizeField([]),
				typeOptions: ofModel('getSizes'),
				description: 'What the chosen model can draw',
			},
			{
				...customSizeField,
				displayOptions: { show: { size: ['custom'] } },
				...customSize,
				description: "An aspect ratio, width and height in pixels, or a word of the model's own",
			},
			{
				...qualityField([]),
				typeOptions: ofModel('getQualities'),
				...quality,
			},
			{
				...numberOfImagesField,
				description:
					'How many images to make for each item, 1 to 10. Each one is paid for. Where a model makes fewer at a time, several tasks are started.',
			},
			otherSettings,
		],
		conversions: CONVERSIONS.map((option) => ({
			option,
			model: modelFor(option.value),
			fields: [otherSettings],
		})),
		completion: completionFieldsWithCallback(provider),
		options: [...taskOptions, outputFormatOption('png'), referenceOption],
		maskFields: overlayFields(
			'mask',
			'A picture as large as the first input image, for the models that take one. Most change what is white in it; GPT Image changes what is transparent.',
		),
		orderOf,
	});
}

function modelFieldFor(use: Use, models: KnownModels, provider: string): INodeProperties {
	const usual = models[use][0]!.name;
	return {
		...modelField(usual, 'searchModels', labelOf(models[use], usual)),
		description: `The well-known ones stand first. Type to search all models of ${provider}, or enter the ID that stands on the model's page.`,
	};
}

/** Asked for anew when the model changes. */
function ofModel(loadOptionsMethod: string): INodeProperties['typeOptions'] {
	return { loadOptionsMethod, loadOptionsDependsOn: ['model.value'] };
}

function otherSettingsField(provider: string): INodeProperties {
	return {
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
				noFieldsError: `${provider} tells of no other settings of this model`,
			},
		},
		description: 'What else this model can be told. What is not added takes its usual value.',
	};
}

/** Adds the model's own settings, and holds the order against what the model takes. */
async function orderOf(
	session: DescribedSession,
	shared: LocalRequest,
	itemIndex: number,
	deadline?: ItemWork['deadline'],
): Promise<ImageOrder> {
	const { context, tasks, provider } = session;
	const model = provider.modelOf(shared.model);
	const connection = deadline ? { ...session.connection, deadline } : session.connection;
	const { facts, trouble } = await learn({ connection, provider }, model);
	const operation = context.getNodeParameter('operation', itemIndex);
	// An estimate is of either.
	if (operation !== 'estimateCost') {
		checkPictures(model, facts.fields, provider.dialect, operation !== 'generate');
	}
	const settings = fieldsOf(context.getNodeParameter('input.value', itemIndex, {}));
	const input = Object.fromEntries(Object.entries(settings).filter(([, value]) => isSet(value)));
	const { count = shared.count, others } = countAmong(input, facts.fields, provider.dialect);
	const request: LocalRequest = { ...shared, model, count, extras: { input: others } };
	// Refuses a size that the model hasn't, before anything is uploaded.
	provider.inputOf(request);
	if (trouble !== undefined) {
		const hint = `What ${model} takes could not be asked for item ${itemIndex}, so that its settings were sent unchecked. ${trouble}`;
		return { run: tasks, request, hint };
	}
	const takesPrompt = !facts.fields || facts.fields.has('prompt') || shared.prompt.trim() === '';
	const hint = takesPrompt
		? undefined
		: `${model} takes no Prompt, so that the one of item ${itemIndex} was left out.`;
	return { run: tasks, request, hint };
}
