// Reads the Callback URL field: checked so that the provider can reach it, and marked with the trigger's token.
import type { IExecuteFunctions } from 'n8n-workflow';

import { checkCallbackUrl, withToken } from '../../pipeline/callbackUrl';
import { readText } from './parameters';

/** Undefined when the person gave none. `account` is the one that the trigger must use too. */
export function readCallbackUrl(
	context: IExecuteFunctions,
	account: { apiKey: string; baseUrl: string },
	itemIndex: number,
): string | undefined {
	const url = readText(context, 'callbackUrl', 'Callback URL', itemIndex).trim();
	if (url === '') return undefined;
	checkCallbackUrl(url, account.baseUrl);
	return withToken(url, account.apiKey);
}
