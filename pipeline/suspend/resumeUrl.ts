// The address that the provider calls back for an item of a suspended execution.
import type { IExecuteFunctions } from 'n8n-workflow';

import { badInput } from '../../providers/failure';
import { checkResumeUrl, withToken } from '../callbacks/callbackUrl';
import { isToolRun } from '../context';
import { resumeUrlOf } from './resumption';
import { isCallingItem } from './suspension';

/** Checked so that the provider can reach it, and marked with a token. Undefined for an item that others call for. */
export function readResumeUrl(
	context: IExecuteFunctions,
	account: { apiKey: string; baseUrl: string },
	itemIndex: number,
): string | undefined {
	if (isToolRun(context)) {
		throw badInput(
			"An AI agent's tool can't be suspended.",
			"Set Waiting to Wait for the Images or to Don't Wait.",
		);
	}
	const url = resumeUrlOf(context);
	checkResumeUrl(url, account.baseUrl);
	const isCalling = isCallingItem(itemIndex, context.getInputData().length);
	return isCalling ? withToken(url, account.apiKey) : undefined;
}
