// One delivery to a trigger: n8n's webhook context around the node, then the answer n8n gives.
import { WebhookContext } from 'n8n-core';
import type {
	INode,
	INodeExecutionData,
	IRunExecutionData,
	IWebhookData,
	IWebhookResponseData,
	IWorkflowExecuteAdditionalData,
	Workflow,
	WorkflowExecuteMode,
} from 'n8n-workflow';

import { evaluateProperty } from './trigger-webhooks';
import type { WebhookRequest, WebhookResponse } from './webhook-server';

/** One call of a node's webhook method. */
export interface Call {
	workflow: Workflow;
	node: INode;
	additionalData: IWorkflowExecuteAdditionalData;
	webhook: IWebhookData;
	mode: WorkflowExecuteMode;
	/** Of the execution that waits, where there is one. */
	runData: IRunExecutionData | null;
	request: WebhookRequest;
	response: WebhookResponse;
}

interface Delivery extends Call {
	/** Makes the row of the execution that the delivery starts. */
	createExecution: () => Promise<void>;
	/** n8n saves static data when the answer is known, before it sends it. */
	afterwards: () => void;
}

/** Returns the items if the delivery started the workflow. */
export async function deliver(delivery: Delivery): Promise<INodeExecutionData[] | undefined> {
	const { response } = delivery;
	let result: IWebhookResponseData;
	try {
		result = await callNode(delivery);
	} catch {
		// n8n hides the error from the caller, and shows it in an execution that failed.
		delivery.afterwards();
		const message = 'Workflow Webhook Error: Workflow could not be started!';
		response.status(500).json({ code: 0, message });
		return undefined;
	}
	const [items] = result.workflowData ?? [];
	if (items) {
		try {
			await delivery.createExecution();
		} catch {
			const message = 'There was a problem executing the workflow';
			response.status(500).json({ code: 0, message });
			return undefined;
		}
	}
	delivery.afterwards();
	if (result.noWebhookResponse !== true) answer(delivery, result);
	return items;
}

export async function callNode(call: Call): Promise<IWebhookResponseData> {
	const { workflow, node, additionalData, webhook, mode, runData, request, response } = call;
	const type = workflow.nodeTypes.getByNameAndVersion(node.type, node.typeVersion);
	if (!type.webhook) throw new Error('The node has no webhook method');
	Object.assign(additionalData, { httpRequest: request, httpResponse: response });
	const context = new WebhookContext(workflow, node, additionalData, mode, webhook, [], runData);
	return await type.webhook.call(context);
}

export function answer(call: Call, result: IWebhookResponseData): void {
	const { workflow, node, webhook, response } = call;
	const { webhookDescription } = webhook;
	const code = evaluateProperty(workflow, node, webhookDescription, 'responseCode', 200);
	const mode = evaluateProperty(workflow, node, webhookDescription, 'responseMode', 'onReceived');
	response.status(code);
	if (result.workflowData === undefined) {
		send(response, result.webhookResponse ?? { message: 'Webhook call received' });
	} else if (mode === 'onReceived') {
		send(response, onReceivedBody(call, result));
	} else {
		// The last node's data, and a workflow with a trigger only ends with the trigger's.
		send(response, result.workflowData[0]?.[0]?.json ?? {});
	}
}

/** Where the description names no answer, n8n's own fallback for another mode becomes the text. */
function onReceivedBody(
	{ workflow, node, webhook }: Call,
	{ webhookResponse = { message: 'Workflow was started' } }: IWebhookResponseData,
): unknown {
	const { webhookDescription } = webhook;
	const given = evaluateProperty<unknown>(
		workflow,
		node,
		webhookDescription,
		'responseData',
		'firstEntryJson',
	);
	return given === 'noData' ? undefined : given || (webhookResponse as unknown);
}

function send(response: WebhookResponse, body: unknown): void {
	if (typeof body === 'string') response.send(body);
	else if (body === undefined) response.end();
	else response.json(body);
}
