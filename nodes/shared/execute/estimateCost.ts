// Image: Estimate Cost, for every node that makes images: what an item would cost at least and at most. Nothing is sent.
import type { IDataObject, INodeExecutionData, INodeProperties } from 'n8n-workflow';

import type { Estimate } from '../../../providers/contract';
import {
	estimateOfAll,
	imagesOf,
	type OrderPrice,
	type Saving,
} from '../../../providers/limits/orderPrice';
import { inputImagesField, promptField } from '../fields/imageFields';
import { optionsField } from '../fields/optionsField';
import { includeInputFieldsOption } from '../fields/outputFields';
import { estimateSummary } from './estimateSummary';
import type { ItemOperation } from './operations';

const UNKNOWN =
	"What these images will cost isn't known before they are made. Enter your own prices in the credential, and estimates and limits reckon with them.";
/** Finer than the price of a token. */
const DIGITS = 8;

interface EstimateFields<Session> {
	model: INodeProperties;
	/** Size, quality and number of images, and whatever else a price depends on. */
	choices: INodeProperties[];
	options: INodeProperties[];
	price(session: Session, itemIndex: number): Promise<OrderPrice>;
}

export function estimateCost<Session extends object>({
	model,
	choices,
	options,
	price,
}: EstimateFields<Session>): ItemOperation<Session> {
	/** In each execution: which fields are left to the model and make the range wide. */
	const left = new WeakMap<Session, Set<Saving['field']>>();
	return {
		option: {
			name: 'Estimate Cost',
			value: 'estimateCost',
			action: 'Estimate the cost of an image',
			description: 'See what images would cost at least and at most, without making any',
		},
		answer:
			'It returns what the images would cost in US dollars: min and max, or unknown. Nothing is made, and nothing is paid.',
		fields: [
			model,
			promptField,
			{
				...inputImagesField,
				default: {},
				description:
					'The images to work from, for an edit. Only how many there are counts: none of them is opened.',
			},
			...choices,
			optionsField([...options, includeInputFieldsOption]),
		],
		run: async (session, { itemIndex }) => {
			const order = await price(session, itemIndex);
			const automatic = order.savings().filter(({ isAutomatic }) => isAutomatic);
			const fields = [...(left.get(session) ?? []), ...automatic.map(({ field }) => field)];
			left.set(session, new Set(fields));
			return [toItem(order, itemIndex)];
		},
		summary: (session, items) => estimateSummary(items, left.get(session) ?? new Set()),
	};
}

function toItem({ provider, request, parts }: OrderPrice, itemIndex: number): INodeExecutionData {
	const { model, size, quality, formats, references } = request;
	const json: IDataObject = {
		provider,
		model,
		size: formats ? formats.map(({ name }) => name).join(', ') : (size ?? 'auto'),
		quality: quality ?? 'auto',
		count: imagesOf(parts),
		...(references.length > 0 && { inputImages: references.length }),
		...boundsJson(estimateOfAll(parts)),
	};
	return { json, pairedItem: { item: itemIndex } };
}

function boundsJson(estimate: Estimate | undefined): IDataObject {
	if (!estimate) return { unknown: true, reason: UNKNOWN };
	const [min, max] = [estimate.min, estimate.max].map((each) => Number(each.toFixed(DIGITS)));
	return { min, max, currency: 'USD', estimated: true };
}
