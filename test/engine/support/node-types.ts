// The node types that a workflow here can name: the one under test and those around it.
import {
	NodeConnectionTypes,
	UnexpectedError,
	type INodeProperties,
	type INodeType,
	type INodeTypes,
} from 'n8n-workflow';

import { typeName } from './workflow';

export function createNodeTypes(...nodes: INodeType[]): INodeTypes {
	const byName = new Map(nodes.map((node) => [typeName(node), node]));
	const find = (name: string) => {
		const found = byName.get(name);
		if (!found) throw new UnexpectedError(`Unknown node type "${name}"`);
		return found;
	};
	return {
		getByName: find,
		getByNameAndVersion: find,
		getKnownTypes: () => ({}),
	};
}

const toolDescription: INodeProperties = {
	displayName: 'Description',
	name: 'toolDescription',
	type: 'string',
	default: '',
};

const descriptionType: INodeProperties = {
	displayName: 'Tool Description',
	name: 'descriptionType',
	type: 'options',
	options: [
		{ name: 'Set Automatically', value: 'auto' },
		{ name: 'Set Manually', value: 'manual' },
	],
	default: 'auto',
};

/** n8n makes such a second type out of every node with usableAsTool. */
export function createToolType(node: INodeType): INodeType {
	const { description } = node;
	if (!description.usableAsTool) throw new UnexpectedError('Node cannot be used as a tool');
	return Object.create(node, {
		description: {
			value: {
				...description,
				name: `${description.name}Tool`,
				displayName: `${description.displayName} Tool`,
				inputs: [],
				outputs: [NodeConnectionTypes.AiTool],
				properties: description.properties.some(({ name }) => name === 'toolDescription')
					? description.properties
					: [descriptionType, toolDescription, ...description.properties],
			},
		},
	}) as INodeType;
}
