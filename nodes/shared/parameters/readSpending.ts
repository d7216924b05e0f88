// Reads what a run may cost, once for all its items.
import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import type { SpendingLimits } from '../../../pipeline/once';
import { USUAL_MAXIMUM_IMAGES } from '../fields/spendingFields';
import { booleanOption, numberOption, readOptions, toNumberOfAtLeast } from './readParameters';

/** From the first item. Throws a badInput failure: a limit that can't be read isn't taken for none. */
export function readSpending(context: IExecuteFunctions): SpendingLimits {
	const options = readOptions(context, 0);
	return {
		maximumCost: Object.hasOwn(options, 'maximumCost') ? readMaximumCost(options) : undefined,
		allowUnknownPrices: booleanOption(options, 'allowUnknownPrices', 'Allow Unknown Prices', false),
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
	return toNumberOfAtLeast(
		maximumCost,
		'Maximum Cost (USD)',
		0,
		'Enter an amount in US dollars such as 2.50 in the Options, or remove the option. If it is an expression, check that the first item has that field.',
	);
}
