// Several Formats: the list of named ones, a person's own, and whether all show the same picture; shown where Size asks for them.
import type { IDisplayOptions, INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import type { ImageFormat } from '../../../providers/contract';
import { ratioOf } from '../../../providers/limits/requestParts';

/** The value of Size for it. */
export const SEVERAL_FORMATS = 'formats';

/** What says how large one image becomes. */
const SIZE_FIELDS: ReadonlySet<string> = new Set(['size', 'customSize', 'sizeWish']);

/** Stands behind all sizes. */
export const severalFormatsOption: INodePropertyOptions = {
	name: 'Several Formats…',
	value: SEVERAL_FORMATS,
	description: 'One image for each format of a list, such as a post, a story and a banner',
};

interface NamedFormat extends ImageFormat {
	value: string;
}

/** As the networks ask for them, in alphabetical order as n8n wants it. */
export const NAMED_FORMATS: readonly NamedFormat[] = [
	{ value: 'instagramPost', name: 'Instagram Post', width: 1080, height: 1350 },
	{ value: 'link', name: 'Link Preview or Ad', width: 1200, height: 628 },
	{ value: 'pinterest', name: 'Pinterest', width: 1000, height: 1500 },
	{ value: 'square', name: 'Square', width: 1080, height: 1080 },
	{ value: 'story', name: 'Story and Reel', width: 1080, height: 1920 },
	{ value: 'wide', name: 'X and LinkedIn', width: 1600, height: 900 },
	{ value: 'youtube', name: 'YouTube', width: 1280, height: 720 },
];

function labelOf(format: NamedFormat): string {
	const { name, width, height } = format;
	return `${name} (${ratioOf(format)}, ${width} × ${height})`;
}

/** An agent's tool has one size, which the model fills in. */
const shown: IDisplayOptions = { show: { size: [SEVERAL_FORMATS] }, hide: { '@tool': [true] } };

const formatsField: INodeProperties = {
	displayName: 'Formats',
	name: 'formats',
	type: 'multiOptions',
	options: NAMED_FORMATS.map((format) => ({ name: labelOf(format), value: format.value })),
	default: [],
	displayOptions: shown,
	description:
		'Each becomes an image of its own and is paid for. It is drawn at the nearest size that the model has, and says on its item which format it is for. An expression can bring a list, with own formats such as Banner 1200x400.',
};

const ownFormatsField: INodeProperties = {
	displayName: 'Own Formats',
	name: 'ownFormats',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Own Format', sortable: true },
	placeholder: 'Add Own Format',
	default: {},
	displayOptions: shown,
	options: [
		{
			displayName: 'Format',
			name: 'formats',
			values: [
				{
					displayName: 'Name',
					name: 'name',
					type: 'string',
					default: '',
					placeholder: 'e.g. Newsletter header',
				},
				{
					displayName: 'Width in Pixels',
					name: 'width',
					type: 'number',
					typeOptions: { minValue: 1 },
					default: 1200,
				},
				{
					displayName: 'Height in Pixels',
					name: 'height',
					type: 'number',
					typeOptions: { minValue: 1 },
					default: 400,
				},
			],
		},
	],
	description: 'More formats, by name and pixels. They come behind those of the list.',
};

const keepMotifField: INodeProperties = {
	displayName: 'Same Picture in All Formats',
	name: 'keepMotif',
	type: 'boolean',
	default: true,
	displayOptions: shown,
	description:
		'Whether to draw the first format and make the others from it, so that all show the same picture. Turned off, each is drawn anew from the prompt.',
};

/** Where not all ways of waiting have the first image when the others are ordered. */
const keepMotifFields: INodeProperties[] = [
	{
		...keepMotifField,
		displayOptions: { ...shown, show: { ...shown.show, completion: ['wait'] } },
	},
	{
		displayName:
			'Here each format is drawn anew from the prompt. For the <b>same picture in all formats</b>, set Waiting to <b>Wait for the Images</b>: the others are then made from the first one, which must be there before they are ordered.',
		name: 'keepMotifNotice',
		type: 'notice',
		default: '',
		displayOptions: { ...shown, hide: { ...shown.hide, completion: ['wait'] } },
	},
];

const batchNotice: INodeProperties = {
	displayName:
		'Each format is a request of its own, drawn from the prompt, and named behind the Custom ID, such as <b>item-0 / Square</b>. For the same picture in all formats, use <b>Image: Generate</b>: there the others are made from the first image.',
	name: 'batchFormatsNotice',
	type: 'notice',
	default: '',
	displayOptions: shown,
};

/** Where the first image can be there before the others are ordered: with every way of waiting, with one of several, or nowhere, as all are ordered at once. */
type MotifKept = 'always' | 'whenWaiting' | 'never';

const BEHIND: Readonly<Record<MotifKept, INodeProperties[]>> = {
	always: [keepMotifField],
	whenWaiting: keepMotifFields,
	never: [batchNotice],
};

/** An operation's choices with Several Formats among the sizes, and its fields behind them. */
export function withSeveralFormats(
	choices: INodeProperties[],
	motifKept: MotifKept,
): INodeProperties[] {
	const last = choices.findLastIndex(({ name }) => SIZE_FIELDS.has(name));
	return choices.flatMap((field, index) => {
		const offered = field.name === 'size' ? offering(field) : field;
		return index === last
			? [offered, formatsField, ownFormatsField, ...BEHIND[motifKept]]
			: [offered];
	});
}

/** Behind the usual one, where it is seen without scrolling. */
function offering(size: INodeProperties): INodeProperties {
	const [usual, ...others] = (size.options ?? []) as INodePropertyOptions[];
	return { ...size, options: [usual!, severalFormatsOption, ...others] };
}
