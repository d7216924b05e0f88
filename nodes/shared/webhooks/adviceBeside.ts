// What to do about an error that stands in a trigger's item, where no node fails that could say it.
import type { IDataObject } from 'n8n-workflow';

import { failureIn } from '../../../pipeline/result';

/** `then`: what to do behind that. */
export function adviceBeside(error: Error, then?: string): IDataObject {
	const advice = [failureIn(error)?.details.advice, then].filter(Boolean).join(' ');
	return advice === '' ? {} : { advice };
}
