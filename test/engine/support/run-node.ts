// Runs the node under test in n8n's WorkflowExecute, behind a node that supplies the items.
import { stringify } from 'flatted';
import {
	NodeConnectionTypes,
	type IConnections,
	type ICredentialType,
	type IDataObject,
	type INode,
	type INodeConnections,
	type INodeType,
	type IRun,
	type Workflow,
} from 'n8n-workflow';

import { createAdditionalData } from './additional-data';
import { AGENT_NODE_NAME, createRequestingAgent, createSubNodeAgent } from './agent-nodes';
import { EngineCredentialsHelper } from './credentials-helper';
import { createStartData, executeWorkflow } from './execute-workflow';
import { createRetryData } from './retry-data';
import { ITEMS_NODE_NAME, createItemsNode } from './items-node';
import { createNodeTypes, createToolType } from './node-types';
import { PASS_ON_NODE_NAME, passOnNode } from './pass-on-node';
import { describeRun } from './run-result';
import { runSuspendable, type Listening } from './suspendable-run';
import type { EngineRun, RunOptions } from './types';
import { createNode, createWorkflow } from './workflow';

type Run = RunOptions & { executionId: string };

export async function runNode(
	options: Run,
	types: ICredentialType[],
	listening: Listening,
): Promise<EngineRun> {
	const node = createNodeUnderTest(options);
	const workflow = options.asTool
		? createToolWorkflow(options, node)
		: createPlainWorkflow(options, node);
	const credentials = new EngineCredentialsHelper(types, options.credentials);
	const { executionId, signal, mode = 'trigger' } = options;
	const execution = { executionId, mode, workflow, signal };
	if (options.suspendable) {
		const { retryOf, proxy } = options;
		return await runSuspendable({
			...execution,
			nodeName: node.name,
			credentials,
			retryOf,
			proxy,
			listening,
		});
	}
	const said: unknown[] = [];
	const additionalData = {
		...createAdditionalData(credentials, options.n8nAddress),
		sendDataToUI: (type: string, sent: IDataObject | IDataObject[]) =>
			void said.push({ type, sent }),
	};
	const { whenSaved, saves = whenSaved !== undefined, retryOf } = options;
	const data =
		retryOf === undefined ? createStartData(workflow) : createRetryData(retryOf, workflow, node);
	const saved: string[] = [];
	const save = (run: IRun) => {
		saved.push(stringify(run.data));
		whenSaved?.();
	};
	const raw = await executeWorkflow({
		...execution,
		additionalData,
		data,
		save: saves ? save : undefined,
	});
	return { ...describeRun(raw, node.name, executionId), saved, said };
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
	const behind = options.suspendable ? [createNode({ node: passOnNode, parameters: {} })] : [];
	return connect(options, [options.node, passOnNode], [node, ...behind], {
		[ITEMS_NODE_NAME]: mainTo(node.name),
		...(options.suspendable && { [node.name]: mainTo(PASS_ON_NODE_NAME) }),
	});
}

function mainTo(node: string): INodeConnections {
	return { main: [[{ node, type: NodeConnectionTypes.Main, index: 0 }]] };
}

function createToolWorkflow(options: Run, node: INode): Workflow {
	const agent =
		options.asTool === 'agent'
			? createRequestingAgent(node.name)
			: createSubNodeAgent(options.asTool === 'at once');
	return connect(
		options,
		[createToolType(options.node), agent],
		[node, createNode({ node: agent, parameters: {} })],
		{
			[ITEMS_NODE_NAME]: mainTo(AGENT_NODE_NAME),
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
		settings: {
			binaryMode: options.binaryMode,
			saveDataSuccessExecution: options.saveDataSuccessExecution,
		},
	});
}
