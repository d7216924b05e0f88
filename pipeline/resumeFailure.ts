// Ends a resumed execution with an error.
import type { ExecutionError, IExecuteData, IWebhookFunctions } from 'n8n-workflow';

/**
 * Makes n8n end the execution with this error when the webhook has given output. A webhook has no way of its own to do
 * so: what it throws makes the workflow go on with an empty item. But n8n ends a resumed node with the `resumeError`
 * beside its input, which it uses when a sub-workflow has failed. False on an n8n that keeps no such place.
 */
export function failResumed(context: IWebhookFunctions, error: ExecutionError): boolean {
	const { executeData } = context as IWebhookFunctions & { executeData?: IExecuteData };
	if (!executeData) return false;
	executeData.metadata = { ...executeData.metadata, resumeError: error };
	return true;
}
