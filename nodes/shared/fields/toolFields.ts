// What an AI agent's tool shows in place of a step's fields: plain ones, since n8n lets the model fill in no lists.
import type { IDisplayOptions, INodeProperties } from 'n8n-workflow';

import { numberOfImagesField } from './imageFields';

/** How n8n's editor marks a field that the model fills in. It shows such a one with a button to take it back. */
const FILLED_BY_MODEL = '/*n8n-auto-generated-fromAI-override*/';

const sizeInTool: INodeProperties = {
	displayName: 'Size',
	name: 'size',
	type: 'string',
	default: '',
	placeholder: 'e.g. 16:9 or 1024x1536',
	description: 'An aspect ratio, or width and height in pixels. Leave it empty for automatic.',
};

const qualityInTool: INodeProperties = {
	displayName: 'Quality',
	name: 'quality',
	type: 'string',
	default: '',
	placeholder: 'e.g. low',
	description:
		'For most models low, medium or high. Leave it empty for automatic. Higher quality costs more and takes longer.',
};

const inputImageUrlsField: INodeProperties = {
	displayName: 'Input Image URLs',
	name: 'inputImageUrls',
	type: 'string',
	default: '',
	placeholder: 'e.g. https://example.com/product.png',
	description:
		'The images to work from: addresses that open without signing in, with commas between them',
};

/** What comes back of an operation that makes or fetches images. */
export const IMAGES_AS_ANSWER =
	'It returns one entry for each image: url is a link to the picture, which opens without signing in until expiresAt; its width, height and cost stand beside it. Give the url to the person as it is. The taskId fetches the images again.';

/** By the name of a list field, the plain field that stands in its place. */
const PLAIN_FIELDS: Record<string, INodeProperties> = {
	size: sizeInTool,
	quality: qualityInTool,
	numberOfImages: numberOfImagesField,
};

/** What an operation is told in words. */
const WORDS: ReadonlySet<string> = new Set(['prompt', 'text']);

/** An operation's fields for both: as a step of a workflow, and as a tool. */
export function alsoForTools(fields: INodeProperties[]): INodeProperties[] {
	return fields.flatMap((field) => {
		if (WORDS.has(field.name)) return [inSteps(field), inTools(filledByModel(field))];
		if (field.name === 'inputImages') {
			return [inSteps(field), inTools(inputImageUrlsField), inTools({ ...field, default: {} })];
		}
		const plain = PLAIN_FIELDS[field.name];
		if (!plain || field.type !== 'options') return [field];
		const { default: usual, displayOptions } = field;
		return [inSteps(field), inTools({ ...plain, default: usual, displayOptions })];
	});
}

/** What an agent reads of the tool. Where a node brings it along, n8n adds no field of its own for it. */
export function toolDescriptionField(text: string): INodeProperties {
	return inTools({
		displayName: 'Tool Description',
		name: 'toolDescription',
		type: 'string',
		typeOptions: { rows: 2 },
		default: text,
		required: true,
		description: 'What the AI agent reads of this tool: what it does, and what comes back',
	});
}

function inSteps(field: INodeProperties): INodeProperties {
	return withConditions(field, 'hide');
}

function inTools(field: INodeProperties): INodeProperties {
	return withConditions(field, 'show');
}

function withConditions(
	{ displayOptions, ...field }: INodeProperties,
	kind: keyof Pick<IDisplayOptions, 'show' | 'hide'>,
): INodeProperties {
	const conditions = { ...displayOptions?.[kind], '@tool': [true] };
	return { ...field, displayOptions: { ...displayOptions, [kind]: conditions } };
}

function filledByModel(field: INodeProperties): INodeProperties {
	const { displayName, description = '' } = field;
	return {
		...field,
		default: `={{ ${FILLED_BY_MODEL} $fromAI('${displayName}', \`${description}\`, 'string') }}`,
	};
}
