// Lets a suspended node run again.
import type { IExecuteData, INodeExecutionData, IWebhookFunctions } from 'n8n-workflow';

/**
 * Answers the output for n8n with which it goes on and runs the node once more, on the items that it has. Left to
 * itself, n8n switches a resumed node off and takes the webhook's output for the node's: then no error could end the
 * execution, items would lose their link to the input, and the download would burden the process that takes callbacks.
 * Undefined on an n8n that doesn't let a webhook see the suspended node: its items go on when the time limit has passed.
 */
export function runAgain(context: IWebhookFunctions): INodeExecutionData[][] | undefined {
	const { executeData } = context as IWebhookFunctions & { executeData?: IExecuteData };
	const items = executeData?.data.main?.[0];
	if (!executeData || !items) return undefined;
	delete executeData.node.disabled;
	return [items];
}
