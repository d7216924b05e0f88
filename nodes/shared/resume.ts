// What a node does with a callback while its execution is suspended: look at its tasks, and go on when none is open.
import type {
	INodeExecutionData,
	IWebhookDescription,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';

import { hasRightToken } from '../../pipeline/callbackUrl';
import type { Connection } from '../../pipeline/connection';
import { lookOnCallback, type EndedTasks } from '../../pipeline/openTasks';
import { failResumed } from '../../pipeline/resumeFailure';
import { settle } from '../../pipeline/settle';
import { recallSuspension, type Suspension } from '../../pipeline/suspension';
import { toNodeError } from './nodeErrors';
import { suspendedOutput } from './suspendedOutput';

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
	const suspension = recallSuspension(context);
	if (!suspension) {
		answer(409, 'Nothing waits for this.');
		return keepsWaiting;
	}
	// Answered at once, because what follows may take longer than the provider waits.
	answer(200, 'Received.');
	const output = await settle(
		lookOnCallback(
			connection,
			suspension,
			async (ended) => await outputOf(connection, suspension, ended),
		),
	);
	if (output.ok && output.value) return { ...keepsWaiting, workflowData: [output.value] };
	if (!output.ok) context.logger.error(output.error.message, { error: output.error });
	return keepsWaiting;
}

async function outputOf(
	connection: Connection<IWebhookFunctions>,
	suspension: Suspension,
	ended: EndedTasks,
): Promise<INodeExecutionData[]> {
	const { context } = connection;
	const output = await settle(suspendedOutput(connection, suspension, ended));
	if (output.ok) return output.value;
	if (failResumed(context, toNodeError(context.getNode(), output.error, 0))) return [];
	return await suspendedOutput(connection, { ...suspension, continueOnFail: true }, ended);
}
