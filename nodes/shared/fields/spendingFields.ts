// Options that bound what a run may cost.
import type { INodeProperties } from 'n8n-workflow';

/** As many as a person may want of an agent without being asked, and few enough not to be a shock. */
export const USUAL_MAXIMUM_IMAGES = 10;

export const spendingOptions: INodeProperties[] = [
	{
		displayName: 'Allow Unknown Prices',
		name: 'allowUnknownPrices',
		type: 'boolean',
		default: false,
		description:
			"Whether Maximum Cost lets items through whose price isn't known. They then count as nothing. Otherwise such items are refused.",
	},
	{
		displayName: 'Maximum Cost (USD)',
		name: 'maximumCost',
		type: 'number',
		typeOptions: { minValue: 0, numberPrecision: 4 },
		default: 1,
		description:
			'What all items of a run together may cost at most, by estimate. If it may become more, nothing is sent. An expression counts with the first item. For an AI agent it holds for all calls of one execution.',
	},
	{
		displayName: 'Maximum Images per Execution',
		name: 'maximumImages',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: USUAL_MAXIMUM_IMAGES,
		displayOptions: { show: { '@tool': [true] } },
		description: `How many images the AI agent may order with this tool in one execution. Without this option it is ${USUAL_MAXIMUM_IMAGES}.`,
	},
];
