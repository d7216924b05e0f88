// Fills lists and forms, as the editor asks n8n to.
import { LoadOptionsContext } from 'n8n-core';
import {
	UnexpectedError,
	type ICredentialType,
	type INodeListSearchResult,
	type INodeParameters,
	type INodePropertyOptions,
	type ResourceMapperFields,
} from 'n8n-workflow';

import { createAdditionalData } from './additional-data';
import { EngineCredentialsHelper } from './credentials-helper';
import { createNodeTypes } from './node-types';
import type { ListSearchOptions } from './types';
import { createNode, createWorkflow } from './workflow';

export async function listSearch(
	options: ListSearchOptions,
	types: ICredentialType[],
): Promise<INodeListSearchResult> {
	const search = options.node.methods?.listSearch?.[options.method];
	if (!search) throw new UnexpectedError(`The node has no list search "${options.method}"`);
	return await search.call(contextOf(options, types), options.filter, options.paginationToken);
}

/** The options of a list that a node's `loadOptions` method fills. */
export async function loadOptions(
	options: ListSearchOptions,
	types: ICredentialType[],
): Promise<INodePropertyOptions[]> {
	const load = options.node.methods?.loadOptions?.[options.method];
	if (!load) throw new UnexpectedError(`The node loads no options "${options.method}"`);
	return await load.call(contextOf(options, types));
}

/** The fields of a form that a node's `resourceMapping` method fills. */
export async function mapResource(
	options: ListSearchOptions,
	types: ICredentialType[],
): Promise<ResourceMapperFields> {
	const map = options.node.methods?.resourceMapping?.[options.method];
	if (!map) throw new UnexpectedError(`The node maps no resource "${options.method}"`);
	return await map.call(contextOf(options, types));
}

function contextOf(
	{ node: nodeType, parameters = {}, credentials }: ListSearchOptions,
	types: ICredentialType[],
): LoadOptionsContext {
	const node = createNode({ node: nodeType, parameters, credentials });
	const workflow = createWorkflow({ nodes: [node], nodeTypes: createNodeTypes(nodeType) });
	const additionalData = createAdditionalData(new EngineCredentialsHelper(types, credentials));
	additionalData.currentNodeParameters = parameters as INodeParameters;
	const savedNode = workflow.getNode(node.name) ?? node;
	return new LoadOptionsContext(workflow, savedNode, additionalData, '');
}
