// The address that a provider calls back: of a trigger in another workflow, or of this execution, suspended meanwhile.
import type { IExecuteFunctions } from 'n8n-workflow';

import { checkCallbackUrl, checkResumeUrl, withToken } from '../../pipeline/callbacks/callbackUrl';
import { resumeUrlOf } from '../../pipeline/suspend/resumption';
import { isCallingItem } from '../../pipeline/suspend/suspension';
import { isToolRun } from '../../pipeline/once/toolCalls';
import { badInput } from '../../providers/failure';
import { readCompletion } from './completion';
import { readText } from './parameters';

/**
 * Checked so that the provider can reach it, and marked with a token. Undefined when nothing is to be called back.
 * `account` is the one that the trigger must use too.
 */
export function readCallbackUrl(
	context: IExecuteFunctions,
	account: { apiKey: string; baseUrl: string },
	itemIndex: number,
): string | undefined {
	if (readCompletion(context) === 'suspend') {
		const url = readResumeUrl(context);
		checkResumeUrl(url, account.baseUrl);
		const isCalling = isCallingItem(itemIndex, context.getInputData().length);
		return isCalling ? withToken(url, account.apiKey) : undefined;
	}
	const url = readText(context, 'callbackUrl', 'Callback URL', itemIndex).trim();
	if (url === '') return undefined;
	checkCallbackUrl(url, account.baseUrl);
	return withToken(url, account.apiKey);
}

function readResumeUrl(context: IExecuteFunctions): string {
	if (isToolRun(context)) {
		throw badInput(
			"An AI agent's tool can't be suspended.",
			'Set Completion to Wait for the Images or to Return the Task at Once.',
		);
	}
	return resumeUrlOf(context);
}
