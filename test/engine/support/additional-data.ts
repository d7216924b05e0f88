// What n8n hands to every execution beside the workflow: addresses, credentials, ids.
import { Container } from '@n8n/di';
import { ExternalSecretsProxy } from 'n8n-core';
import {
	UnexpectedError,
	type ICredentialsHelper,
	type IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';

/** n8n's own default address. Only a trigger has a server behind it, and then its own. */
const DEFAULT_BASE_URL = 'http://localhost:5678';

async function unavailable(): Promise<never> {
	throw new UnexpectedError('Sub-workflows, stored executions and runners are not in this engine');
}

export function createAdditionalData(
	credentialsHelper: ICredentialsHelper,
	baseUrl = DEFAULT_BASE_URL,
): IWorkflowExecuteAdditionalData {
	return {
		credentialsHelper,
		currentNodeExecutionIndex: 0,
		executeWorkflow: unavailable,
		getRunExecutionData: unavailable,
		getRuntimeCredential: unavailable,
		startRunnerTask: unavailable,
		externalSecretsProxy: Container.get(ExternalSecretsProxy),
		logAiEvent: () => {},
		variables: {},
		restApiUrl: `${baseUrl}/rest`,
		instanceBaseUrl: `${baseUrl}/`,
		formBaseUrl: `${baseUrl}/form`,
		formTestBaseUrl: `${baseUrl}/form-test`,
		formWaitingBaseUrl: `${baseUrl}/form-waiting`,
		mcpBaseUrl: `${baseUrl}/mcp`,
		mcpTestBaseUrl: `${baseUrl}/mcp-test`,
		webhookBaseUrl: `${baseUrl}/webhook`,
		webhookTestBaseUrl: `${baseUrl}/webhook-test`,
		webhookWaitingBaseUrl: `${baseUrl}/webhook-waiting`,
	};
}
