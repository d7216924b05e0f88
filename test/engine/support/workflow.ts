// Builds what the editor would have saved: the node under test, in a workflow around it.
import {
	Workflow,
	jsonParse,
	type IConnections,
	type IDataObject,
	type INode,
	type INodeParameters,
	type INodeType,
	type INodeTypes,
	type IWorkflowSettings,
} from 'n8n-workflow';

import type { Credentials, NodeOptions } from './types';

export const WORKFLOW_ID = 'engineTestWorkflow';

/** As n8n names the types of a community package: the package, then the node. */
export function typeName(node: INodeType): string {
	return `n8n-nodes-imagegen.${node.description.name}`;
}

export function createNode(options: NodeOptions): INode {
	const { description } = options.node;
	return {
		id: '00000000-0000-4000-8000-000000000001',
		name: options.nodeName ?? String(description.defaults.name ?? description.displayName),
		type: typeName(options.node),
		typeVersion: options.typeVersion ?? Math.max(...[description.version].flat()),
		position: [200, 0],
		parameters: structuredClone(options.parameters) as INodeParameters,
		credentials: credentialReferences(options.credentials),
	};
}

function credentialReferences(credentials: Credentials = {}): INode['credentials'] {
	const names = Object.keys(credentials);
	return Object.fromEntries(names.map((name) => [name, { id: name, name }]));
}

export function createWorkflow(options: {
	nodes: INode[];
	nodeTypes: INodeTypes;
	connections?: IConnections;
	settings?: IWorkflowSettings;
	staticData?: IDataObject;
	active?: boolean;
}): Workflow {
	return new Workflow({
		id: WORKFLOW_ID,
		name: 'Engine test',
		nodes: structuredClone(options.nodes),
		connections: options.connections ?? {},
		active: options.active ?? false,
		nodeTypes: options.nodeTypes,
		staticData: options.staticData,
		settings: { executionOrder: 'v1', timezone: 'UTC', ...options.settings },
	});
}

/** As saved with an execution: text, from which each reader gets a workflow of its own. */
export function saveWorkflow(workflow: Workflow) {
	const { id, name, active, connectionsBySourceNode, settings } = workflow;
	const nodes = Object.values(workflow.nodes);
	const saved = { id, name, active, nodes, connections: connectionsBySourceNode, settings };
	const text = JSON.stringify(saved);
	return () => jsonParse<typeof saved>(text);
}
