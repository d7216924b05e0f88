// What a node does with a callback while its execution is suspended: poll its tasks, and run again when none is open.
import type {
	INodeExecutionData,
	IWebhookDescription,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';

import { hasRightToken, withToken } from '../callbacks/callbackUrl';
import type { Connection } from '../connection';
import { createRedactor, type Redactor } from '../secrets/redactor';
import { callAgain, NOTHING_WAITS, RECEIVED, RESUME_PATH, runAgain } from './resumption';
import { resultOf } from '../result';
import { calledSuspension } from './suspension';
import { pollOnCallback } from './suspensionWatch';
import { hidingSecrets } from '../secrets/hideSecrets';

/** The address that n8n opens for an execution of the node while it is suspended. */
export const resumeWebhooks: IWebhookDescription[] = [
	{
		name: 'default',
		httpMethod: 'POST',
		responseMode: 'onReceived',
		path: RESUME_PATH,
		isFullPath: true,
		restartWebhook: true,
	},
];

/** Where to ask for the tasks, and the key that the callbacks' token follows from. */
export interface ResumedAccount {
	connection: Connection<IWebhookFunctions>;
	apiKey: string;
}

/** Never throws: n8n would go on with an empty item. */
export async function resume(
	context: IWebhookFunctions,
	openAccount: () => Promise<ResumedAccount>,
): Promise<IWebhookResponseData> {
	const outcome = await resultOf(
		hidingSecrets(tokenRedactor(context), async () => {
			const account = await openAccount();
			return await hidingSecrets(account.connection.redact, async () => receive(context, account));
		}),
	);
	if (outcome.ok) return { noWebhookResponse: true, workflowData: outcome.value };
	context.logger.error(outcome.error.message, { error: outcome.error });
	const response = context.getResponseObject();
	if (!response.headersSent) response.status(503).json({ message: 'Please deliver again.' });
	return { noWebhookResponse: true };
}

/**
 * Answers the callback, and then what n8n goes on with: undefined while it keeps waiting. Whatever the body says, only
 * the provider's own answers count.
 */
async function receive(
	context: IWebhookFunctions,
	{ connection, apiKey }: ResumedAccount,
): Promise<INodeExecutionData[][] | undefined> {
	const answer = (status: number, message: string): undefined => {
		context.getResponseObject().status(status).json({ message });
	};
	if (!hasRightToken(context.getQueryData(), apiKey)) {
		return answer(401, 'The token is missing or wrong.');
	}
	const suspension = calledSuspension(context);
	if (!suspension) return answer(409, NOTHING_WAITS);
	// Answered at once, because what follows may take longer than the provider waits.
	answer(200, RECEIVED);
	const verdict = await pollOnCallback(connection, suspension);
	if (verdict === 'open') return undefined;
	const url = withToken(suspension.resumeUrl, apiKey);
	if (verdict === 'overByNow' && (await callAgain(context, url))) return undefined;
	return runAgain(context);
}

/** The caller's tokens, n8n's among them: who has them could make the execution go on. */
function tokenRedactor(context: IWebhookFunctions): Redactor {
	const tokens = Object.values((context.getQueryData() ?? {}) as Record<string, unknown>).flat();
	return createRedactor(tokens.filter((token) => typeof token === 'string'));
}
