// A call to n8n's own public address: with no provider's credential, once, and whatever it answers is an answer.
import type { IN8nHttpFullResponse, IWebhookFunctions } from 'n8n-workflow';

import { resultOf, type Result } from '../result';

const TIMEOUT_MILLISECONDS = 10_000;

export async function callSelf(
	{ helpers }: IWebhookFunctions,
	url: string,
): Promise<Result<IN8nHttpFullResponse>> {
	return await resultOf(
		helpers.httpRequest({
			method: 'POST',
			url,
			body: {},
			json: true,
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
			timeout: TIMEOUT_MILLISECONDS,
		}) as Promise<IN8nHttpFullResponse>,
	);
}
