// Runs a credential type's test request, as the Test button of the credential form does.
import { ExecuteContext, RoutingNode } from 'n8n-core';
import {
	NodeConnectionTypes,
	UnexpectedError,
	createEmptyRunExecutionData,
	type ICredentialTestRequest,
	type INodeExecutionData,
	type INodeType,
} from 'n8n-workflow';

import { createAdditionalData } from './additional-data';
import { EngineCredentialsHelper, withDefaults } from './credentials-helper';
import { createNodeTypes } from './node-types';
import type { CredentialTestOptions, CredentialTestResult } from './types';
import { createNode, createWorkflow } from './workflow';

/** What n8n says when the service took the credential. */
const SUCCESS = 'Connection successful!';

interface RequestError {
	message: string;
	cause?: { code?: string; response?: { status: number; statusText?: string } };
}

export async function testCredential(
	options: CredentialTestOptions,
): Promise<CredentialTestResult> {
	const { credentialType } = options;
	if (!credentialType.test) throw new UnexpectedError('The credential type has no test');
	const data = withDefaults(credentialType.properties, options.data);
	const credentials = { [credentialType.name]: data };

	const nodeType = createTestingNode(credentialType.name, credentialType.test);
	const saved = createNode({ node: nodeType, parameters: {}, credentials });
	const workflow = createWorkflow({ nodes: [saved], nodeTypes: createNodeTypes(nodeType) });
	// The workflow's own copy has the defaults filled in.
	const node = workflow.getNode(saved.name) ?? saved;
	const context = new ExecuteContext(
		workflow,
		node,
		createAdditionalData(new EngineCredentialsHelper([credentialType], credentials)),
		'internal',
		createEmptyRunExecutionData(),
		0,
		[],
		{ main: [[{ json: {} }]] },
		{ node, data: {}, source: null },
		[],
	);
	try {
		const decrypted = { id: node.id, name: node.name, type: credentialType.name, data };
		const output = await new RoutingNode(context, nodeType, decrypted).runNode();
		const wrong = wrongIn(output?.[0]?.[0], credentialType.test);
		if (wrong) return { ok: false, status: 'Error', message: wrong };
		return { ok: true, status: 'OK', message: SUCCESS };
	} catch (error) {
		const message = describeFailure(error as RequestError, credentialType.test);
		return { ok: false, status: 'Error', message };
	}
}

/** n8n wraps the test in a declarative node, so that one code path signs and sends. */
function createTestingNode(credentialName: string, test: ICredentialTestRequest): INodeType {
	return {
		description: {
			displayName: 'Temp-Node',
			name: 'engineTestCredential',
			group: ['input'],
			version: 1,
			description: 'Tests a credential',
			defaults: { name: 'Temp-Node' },
			inputs: [NodeConnectionTypes.Main],
			outputs: [NodeConnectionTypes.Main],
			credentials: [{ name: credentialName, required: true }],
			properties: [
				{
					displayName: 'Temp',
					name: 'temp',
					type: 'string',
					routing: { request: test.request },
					default: '',
				},
			],
		},
	};
}

type Rule = NonNullable<ICredentialTestRequest['rules']>[number];

/** Both kinds in one list, as n8n goes through them. */
function rulesOf({ rules = [] }: ICredentialTestRequest): Rule[] {
	return [...rules];
}

/** What a rule says of an answer with success. */
function wrongIn(
	item: INodeExecutionData | undefined,
	test: ICredentialTestRequest,
): string | undefined {
	const rule = rulesOf(test).find(
		({ type, properties }) =>
			type === 'responseSuccessBody' && valueAt(item?.json, properties.key) === properties.value,
	);
	return rule?.properties.message;
}

/** A text has properties, too. */
function valueAt(found: unknown, path: string): unknown {
	return path.split('.').reduce((each: unknown, name) => {
		return each === undefined || each === null
			? undefined
			: (Object(each) as Record<string, unknown>)[name];
	}, found);
}

function describeFailure(error: RequestError, test: ICredentialTestRequest): string {
	const response = error.cause?.response;
	if (!response) return error.cause?.code ?? error.message;
	const rule = rulesOf(test).find(
		({ type, properties }) => type === 'responseCode' && properties.value === response.status,
	);
	return (
		rule?.properties.message ||
		response.statusText ||
		`Received HTTP status code: ${response.status}`
	);
}
