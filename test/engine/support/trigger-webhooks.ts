// The webhooks that a node's description asks for, with the paths and methods n8n registers.
import {
	NodeHelpers,
	type INode,
	type IWebhookData,
	type IWebhookDescription,
	type IWorkflowExecuteAdditionalData,
	type Workflow,
	type WorkflowExecuteMode,
} from 'n8n-workflow';

import { WORKFLOW_ID } from './workflow';

type Property =
	| 'path'
	| 'isFullPath'
	| 'httpMethod'
	| 'responseMode'
	| 'responseCode'
	| 'responseData';

/** A description's property may be an expression on the node's parameters. */
export function evaluateProperty<T>(
	workflow: Workflow,
	node: INode,
	description: IWebhookDescription,
	property: Property,
	fallback: T,
): T {
	const mode: WorkflowExecuteMode = 'internal';
	const value = workflow.expression.getSimpleParameterValue(
		node,
		description[property] as string | undefined,
		mode,
		{},
		undefined,
		fallback as string | number | boolean,
	);
	return (value ?? fallback) as T;
}

/** What a trigger listens to. */
export function listWebhooks(
	workflow: Workflow,
	node: INode,
	additionalData: IWorkflowExecuteAdditionalData,
	isTest: boolean,
): IWebhookData[] {
	return describeWebhooks(workflow, node, additionalData)
		.filter(({ webhookDescription }) => webhookDescription.restartWebhook !== true)
		.map((webhook) => ({ ...webhook, isTest }));
}

/** What makes an execution go on that waits at this node. */
export function listRestartWebhooks(
	workflow: Workflow,
	node: INode,
	additionalData: IWorkflowExecuteAdditionalData,
): IWebhookData[] {
	return describeWebhooks(workflow, node, additionalData).filter(
		({ webhookDescription }) => webhookDescription.restartWebhook === true,
	);
}

function describeWebhooks(
	workflow: Workflow,
	node: INode,
	additionalData: IWorkflowExecuteAdditionalData,
): IWebhookData[] {
	const type = workflow.nodeTypes.getByNameAndVersion(node.type, node.typeVersion);
	return (type.description.webhooks ?? []).map((webhookDescription) => {
		const evaluate = <T extends string | boolean>(property: Property, fallback: T): T =>
			evaluateProperty(workflow, node, webhookDescription, property, fallback);
		const path = evaluate('path', '').replace(/^\/|\/$/g, '');
		return {
			httpMethod: evaluate('httpMethod', 'GET') as IWebhookData['httpMethod'],
			node: node.name,
			path: NodeHelpers.getNodeWebhookPath(
				WORKFLOW_ID,
				node,
				path,
				evaluate('isFullPath', false),
				webhookDescription.restartWebhook,
			),
			webhookDescription,
			workflowId: WORKFLOW_ID,
			workflowExecuteAdditionalData: additionalData,
		};
	});
}
