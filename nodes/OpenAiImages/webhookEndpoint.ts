// The trigger's webhook endpoint at OpenAI: made when the workflow is published, deleted when it no longer is.
import type { IDataObject, IHookFunctions } from 'n8n-workflow';

import { connect } from '../../pipeline/connection';
import { failureIn, settle } from '../../pipeline/settle';
import { send } from '../../pipeline/transport';
import { createOpenAiAccount } from '../../providers/openai/account';
import { createOpenAiTasks } from '../../providers/openai/tasks';
import { toNodeError } from '../shared/nodeErrors';
import { CREDENTIAL, readAccount } from './session';

/** What n8n keeps with the trigger. OpenAI tells the signing secret only once. */
interface SavedEndpoint extends IDataObject {
	endpointId?: string;
	signingSecret?: string;
}

export function savedEndpoint(staticData: IDataObject): SavedEndpoint {
	return staticData;
}

/** Whether the endpoint that we know of is still there and leads here. */
export async function endpointExists(context: IHookFunctions): Promise<boolean> {
	if (isMadeByHand(context)) return true;
	const saved = savedEndpoint(context.getWorkflowStaticData('node'));
	if (!saved.endpointId || !saved.signingSecret) return false;
	const { account, connection } = await open(context);
	const found = await settle(
		send(connection, account.webhookEndpoint(saved.endpointId)).then(account.readWebhookEndpoint),
	);
	if (found.ok) return found.value.url === context.getNodeWebhookUrl('default');
	if (isGone(found.error)) return false;
	throw toNodeError(context.getNode(), found.error, 0);
}

export async function createEndpoint(context: IHookFunctions): Promise<boolean> {
	if (isMadeByHand(context)) return true;
	// One that is still saved leads to an old address of this n8n.
	await deleteEndpoint(context);
	const { account, connection } = await open(context);
	const url = context.getNodeWebhookUrl('default') ?? '';
	const events = context.getNodeParameter('events', []) as string[];
	const name = `n8n: ${context.getWorkflow().name ?? 'workflow'}`.slice(0, 100);
	const request = account.createWebhookEndpoint(name, url, events);
	const endpoint = account.readWebhookEndpoint(
		await orNodeError(context, send(connection, request)),
	);
	const saved = savedEndpoint(context.getWorkflowStaticData('node'));
	saved.endpointId = endpoint.id;
	saved.signingSecret = endpoint.signing_secret ?? undefined;
	return true;
}

/** An endpoint that is gone already counts as deleted. */
export async function deleteEndpoint(context: IHookFunctions): Promise<boolean> {
	const saved = savedEndpoint(context.getWorkflowStaticData('node'));
	if (isMadeByHand(context) || !saved.endpointId) return true;
	const { account, connection } = await open(context);
	const outcome = await settle(send(connection, account.deleteWebhookEndpoint(saved.endpointId)));
	if (!outcome.ok && !isGone(outcome.error)) {
		throw toNodeError(context.getNode(), outcome.error, 0);
	}
	delete saved.endpointId;
	delete saved.signingSecret;
	return true;
}

function isGone(error: Error): boolean {
	return failureIn(error)?.details.kind === 'notFound';
}

function isMadeByHand(context: IHookFunctions): boolean {
	return context.getNodeParameter('endpoint') === 'manual';
}

async function open(context: IHookFunctions) {
	const { baseUrl } = await readAccount(context);
	const connection = connect(context, CREDENTIAL, createOpenAiTasks(baseUrl));
	return { account: createOpenAiAccount(baseUrl), connection };
}

async function orNodeError<Value>(
	context: IHookFunctions,
	promise: Promise<Value>,
): Promise<Value> {
	const outcome = await settle(promise);
	if (outcome.ok) return outcome.value;
	throw toNodeError(context.getNode(), outcome.error, 0);
}
