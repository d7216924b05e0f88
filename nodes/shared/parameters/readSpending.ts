// Reads what a run may cost, once for all its items.
import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import type { SpendingLimits } from '../../../pipeline/once';
import { badInput } from '../../../providers/failure';
import { USUAL_MAXIMUM_IMAGES } from '../fields/spendingFields';
import { numberOption, readOptions } from './readParameters';

/** From the first item. Throws a badInput failure: a limit that can't be read isn't taken for none. */
export function readSpending(context: IExecuteFunctions): SpendingLimits {
	const options = readOptions(context, 0);
	return {
		maximumCost: Object.hasOwn(options, 'maximumCost') ? readMaximumCost(options) : undefined,
		allowUnknownPrices: options.allowUnknownPrices === true,
		maximumImages: numberOption(
			options,
			'maximumImages',
			'Maximum Images per Execution',
			USUAL_MAXIMUM_IMAGES,
			0,
		),
	};
}

function readMaximumCost({ maximumCost }: IDataObject): number {
	const isText = typeof maximumCost === 'string' && maximumCost.trim() !== '';
	const amount = isText ? Number(maximumCost) : maximumCost;
	if (typeof amount === 'number' && Number.isFinite(amount) && amount >= 0) return amount;
	const isEmpty = maximumCost === undefined || maximumCost === null || maximumCost === '';
	const found = isEmpty ? 'is empty' : `can't be "${String(maximumCost).slice(0, 40)}"`;
	throw badInput(
		`Maximum Cost (USD) ${found}. Nothing was sent.`,
		'Enter an amount in US dollars such as 2.50 in the Options, or remove the option. If it is an expression, check that the first item has that field.',
	);
}
