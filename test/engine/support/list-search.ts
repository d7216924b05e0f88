// Fills a resource locator's list, as the editor asks n8n to.
import { LoadOptionsContext } from 'n8n-core';
import {
	UnexpectedError,
	type ICredentialType,
	type INodeListSearchResult,
	type INodeParameters,
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
	const { node: nodeType, parameters = {}, credentials, method } = options;
	const search = nodeType.methods?.listSearch?.[method];
	if (!search) throw new UnexpectedError(`The node has no list search "${method}"`);

	const node = createNode({ node: nodeType, parameters, credentials });
	const workflow = createWorkflow({ nodes: [node], nodeTypes: createNodeTypes(nodeType) });
	const additionalData = createAdditionalData(new EngineCredentialsHelper(types, credentials));
	additionalData.currentNodeParameters = parameters as INodeParameters;
	const savedNode = workflow.getNode(node.name) ?? node;
	const context = new LoadOptionsContext(workflow, savedNode, additionalData, '');
	return await search.call(context, options.filter, options.paginationToken);
}
