// What a node does with a callback while its execution is suspended: look at its tasks, and run again when none is open.
import type { IWebhookDescription, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { hasRightToken } from '../../pipeline/callbackUrl';
import type { Connection } from '../../pipeline/connection';
import { lookOnCallback } from '../../pipeline/openTasks';
import { runAgain } from '../../pipeline/resumption';
import { settle } from '../../pipeline/settle';
import { calledSuspension } from '../../pipeline/suspension';

/** The address that n8n opens for an execution of the node while it is suspended. */
export const resumeWebhooks: IWebhookDescription[] = [
	{
		name: 'default',
		httpMethod: 'POST',
		responseMode: 'onReceived',
		path: '',
		isFullPath: true,
		restartWebhook: true,
	},
];

/** Where to ask for the tasks, and the key that the callbacks' token follows from. */
export interface ResumedAccount {
	connection: Connection<IWebhookFunctions>;
	apiKey: string;
}

/**
 * Whatever the body says, only the provider's own answers count. Never throws, since n8n would take that for output.
 */
export async function resume(
	context: IWebhookFunctions,
	openAccount: () => Promise<ResumedAccount>,
): Promise<IWebhookResponseData> {
	const keepsWaiting = { noWebhookResponse: true };
	const answer = (status: number, message: string) =>
		context.getResponseObject().status(status).json({ message });
	const account = await settle(openAccount());
	if (!account.ok) {
		answer(503, 'The credential can not be read. Please deliver again.');
		return keepsWaiting;
	}
	const { connection, apiKey } = account.value;
	if (!hasRightToken(context.getQueryData(), apiKey)) {
		answer(401, 'The token is missing or wrong.');
		return keepsWaiting;
	}
	const suspension = calledSuspension(context);
	if (!suspension) {
		answer(409, 'Nothing waits for this.');
		return keepsWaiting;
	}
	// Answered at once, because what follows may take longer than the provider waits.
	answer(200, 'Received.');
	const isOver = await settle(lookOnCallback(connection, suspension));
	if (isOver.ok && isOver.value) return { ...keepsWaiting, workflowData: runAgain(context) };
	if (!isOver.ok) context.logger.error(isOver.error.message, { error: isOver.error });
	return keepsWaiting;
}
