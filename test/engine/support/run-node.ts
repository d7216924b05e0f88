// Runs the node under test in n8n's WorkflowExecute, behind a node that supplies the items.
import { ExecutionLifecycleHooks, WorkflowExecute } from 'n8n-core';
import {
	NodeConnectionTypes,
	type IConnections,
	type ICredentialType,
	type INode,
	type INodeType,
	type IRun,
	type IWorkflowBase,
	type Workflow,
} from 'n8n-workflow';

import { createAdditionalData } from './additional-data';
import { AGENT_NODE_NAME, createRequestingAgent, createSubNodeAgent } from './agent-nodes';
import { EngineCredentialsHelper } from './credentials-helper';
import { ITEMS_NODE_NAME, createItemsNode } from './items-node';
import { createNodeTypes, createToolType } from './node-types';
import { describeRun } from './run-result';
import type { EngineRun, RunOptions } from './types';
import { createNode, createWorkflow } from './workflow';

type Run = RunOptions & { executionId: string };

export async function runNode(options: Run, types: ICredentialType[]): Promise<EngineRun> {
	const node = createNodeUnderTest(options);
	const workflow = options.asTool
		? createToolWorkflow(options, node)
		: createPlainWorkflow(options, node);
	const credentials = new EngineCredentialsHelper(types, options.credentials);
	const raw = await execute(workflow, credentials, options);
	return describeRun(raw, node.name, options.executionId);
}

function createNodeUnderTest(options: Run): INode {
	const node = options.asTool ? createToolType(options.node) : options.node;
	const { onError, retryOnFail } = options;
	return {
		...createNode({ ...options, node }),
		...(onError && { onError }),
		// n8n waits a second between tries unless told otherwise, and takes 0 for "not told".
		...(retryOnFail && { retryOnFail: true, waitBetweenTries: 1, ...retryOnFail }),
	};
}

function createPlainWorkflow(options: Run, node: INode): Workflow {
	return connect(options, [options.node], [node], {
		[ITEMS_NODE_NAME]: { main: [[{ node: node.name, type: NodeConnectionTypes.Main, index: 0 }]] },
	});
}

function createToolWorkflow(options: Run, node: INode): Workflow {
	const agent =
		options.asTool === 'agent' ? createRequestingAgent(node.name) : createSubNodeAgent();
	return connect(
		options,
		[createToolType(options.node), agent],
		[node, createNode({ node: agent, parameters: {} })],
		{
			[ITEMS_NODE_NAME]: {
				main: [[{ node: AGENT_NODE_NAME, type: NodeConnectionTypes.Main, index: 0 }]],
			},
			[node.name]: {
				ai_tool: [[{ node: AGENT_NODE_NAME, type: NodeConnectionTypes.AiTool, index: 0 }]],
			},
		},
	);
}

function connect(
	options: Run,
	types: INodeType[],
	nodes: INode[],
	connections: IConnections,
): Workflow {
	const source = createItemsNode(options.items ?? [{}]);
	return createWorkflow({
		nodes: [createNode({ node: source, parameters: {} }), ...nodes],
		nodeTypes: createNodeTypes(source, ...types),
		connections,
		settings: { binaryMode: options.binaryMode },
	});
}

async function execute(
	workflow: Workflow,
	credentials: EngineCredentialsHelper,
	{ executionId, signal }: Run,
): Promise<IRun> {
	const mode = 'trigger';
	const additionalData = createAdditionalData(credentials);
	additionalData.executionId = executionId;
	const saved: IWorkflowBase = {
		id: workflow.id,
		name: workflow.name ?? '',
		active: false,
		isArchived: false,
		createdAt: new Date(),
		updatedAt: new Date(),
		nodes: Object.values(workflow.nodes),
		connections: workflow.connectionsBySourceNode,
		activeVersionId: null,
	};
	additionalData.hooks = new ExecutionLifecycleHooks(mode, executionId, saved);

	const running = new WorkflowExecute(additionalData, mode).run({
		workflow,
		startNode: workflow.getNode(ITEMS_NODE_NAME) ?? undefined,
	});
	const cancel = () => running.cancel();
	signal?.addEventListener('abort', cancel, { once: true });
	if (signal?.aborted) cancel();
	try {
		return await running;
	} finally {
		signal?.removeEventListener('abort', cancel);
	}
}
