// The address that a provider calls back: of a trigger in another workflow, or of this execution, suspended meanwhile.
import type { IExecuteFunctions } from 'n8n-workflow';

import { checkCallbackUrl, withToken } from '../../../pipeline/callbacks';
import { readResumeUrl } from '../../../pipeline/suspend';
import { readCompletion } from './readCompletion';
import { readText } from './readParameters';

/**
 * Checked so that the provider can reach it, and marked with a token. Undefined when nothing is to be called back.
 * `account` is the one that the trigger must use too. The reference comes back with the call; a suspended execution
 * keeps it itself.
 */
export function readCallbackUrl(
	context: IExecuteFunctions,
	account: { apiKey: string; baseUrl: string },
	itemIndex: number,
	reference?: string,
): string | undefined {
	if (readCompletion(context) === 'suspend') {
		return readResumeUrl(context, account, itemIndex);
	}
	const url = readText(context, 'callbackUrl', 'Callback URL', itemIndex).trim();
	if (url === '') return undefined;
	checkCallbackUrl(url, account.baseUrl, reference);
	return withToken(url, account.apiKey, reference);
}
