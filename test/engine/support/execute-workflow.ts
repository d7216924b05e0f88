// Runs a workflow in n8n's WorkflowExecute: from its first node, or on from where it was saved.
import { ExecutionLifecycleHooks, WorkflowExecute } from 'n8n-core';
import {
	createRunExecutionData,
	type INodeExecutionData,
	type IRun,
	type IRunExecutionData,
	type IWorkflowBase,
	type IWorkflowExecuteAdditionalData,
	type Workflow,
	type WorkflowExecuteMode,
} from 'n8n-workflow';

import { ITEMS_NODE_NAME } from './items-node';

export interface Execution {
	executionId: string;
	mode: WorkflowExecuteMode;
	workflow: Workflow;
	additionalData: IWorkflowExecuteAdditionalData;
	data: IRunExecutionData;
	/** Aborting it stops the execution. */
	signal?: AbortSignal;
	/** Called where n8n saves the execution: after its last node, before anyone hears that it ended. */
	save?: (run: IRun) => void | Promise<void>;
}

/** What n8n makes of an execution that hasn't run a node yet. It has a token for its callbacks. */
export function createStartData(
	workflow: Workflow,
	firstNode = ITEMS_NODE_NAME,
	items: INodeExecutionData[] = [{ json: {} }],
): IRunExecutionData {
	const node = workflow.getNode(firstNode);
	if (!node) throw new Error(`The workflow has no node ${firstNode}`);
	const nodeExecutionStack = [{ node, data: { main: [items] }, source: null }];
	return createRunExecutionData({ executionData: { nodeExecutionStack } });
}

export async function executeWorkflow(execution: Execution): Promise<IRun> {
	const { workflow, additionalData, mode, executionId, data, signal, save } = execution;
	const hooks = new ExecutionLifecycleHooks(mode, executionId, describeWorkflow(workflow));
	if (save) hooks.addHandler('workflowExecuteAfter', async (run) => await save(run));
	Object.assign(additionalData, { executionId, hooks });

	const running = new WorkflowExecute(additionalData, mode, data).processRunExecutionData(workflow);
	const cancel = () => running.cancel();
	signal?.addEventListener('abort', cancel, { once: true });
	if (signal?.aborted) cancel();
	try {
		return await running;
	} finally {
		signal?.removeEventListener('abort', cancel);
	}
}

function describeWorkflow(workflow: Workflow): IWorkflowBase {
	return {
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
}
