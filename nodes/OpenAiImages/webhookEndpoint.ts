// The trigger's webhook endpoint at OpenAI: made when the workflow is published, deleted when it no longer is.
import { NodeOperationError, type IDataObject, type IHookFunctions } from 'n8n-workflow';

import { checkTriggerUrl } from '../../pipeline/callbacks';
import { failureIn, resultOf } from '../../pipeline/result';
import { ask, hidingSecrets, type Connection } from '../../pipeline/session';
import { ImageFailure } from '../../providers/failure';
import { createOpenAiAccount } from '../../providers/openai/account';
import { createOpenAiTasks } from '../../providers/openai/tasks';
import { isSigningSecret } from '../../providers/openai/webhooks';
import { toNodeError } from '../shared/execute/nodeErrors';
import { connectAccount, readAccount } from './session';

const NO_ENDPOINTS = 'This server makes no webhook endpoints.';
const WITHOUT_ENDPOINTS =
	'Check the Base URL in the credential, or set Webhook Endpoint to Made by Hand.';

const WITHOUT_SECRET = 'This server made a webhook endpoint, but told no signing secret for it.';
const WHERE_SECRET =
	'Enter the signing secret that OpenAI shows when you make the endpoint at platform.openai.com > Settings > Webhooks. It begins with whsec_. If you no longer have it, make the endpoint anew.';

/** As OpenAI writes it, and as any server names it: whatever stands behind, up to the end of the text. */
const SIGNING_SECRET = /(whsec_|signing_secret["'\s:]{1,20})[^"'\s,}]+/g;

/** What n8n keeps with the trigger. OpenAI tells the signing secret only once. */
interface SavedEndpoint extends IDataObject {
	endpointId?: string;
	signingSecret?: string;
}

export function savedEndpoint(staticData: IDataObject): SavedEndpoint {
	return staticData;
}

/**
 * Whether the endpoint that we know of is still there, leads here, and is for the events that are wanted: it may be an old
 * one that could not be deleted.
 */
export async function endpointExists(context: IHookFunctions): Promise<boolean> {
	if (isMadeByHand(context)) {
		await checkSecret(context);
		return true;
	}
	const { endpointId, signingSecret } = savedEndpoint(context.getWorkflowStaticData('node'));
	if (!endpointId || !signingSecret) return false;
	const found = await askOpenAi(context, async ({ account, connection }) =>
		account.readWebhookEndpoint(await ask(connection, account.webhookEndpoint(endpointId))),
	);
	if (!found || found.url !== context.getNodeWebhookUrl('default')) return false;
	const { event_types: events } = found;
	return !events || inOrder(events) === inOrder(wantedEvents(context));
}

export async function createEndpoint(context: IHookFunctions): Promise<boolean> {
	if (isMadeByHand(context)) return true;
	// One that is still saved leads to an old address of this n8n, or is for other events.
	await deleteEndpoint(context);
	const url = context.getNodeWebhookUrl('default') ?? '';
	const events = wantedEvents(context);
	const name = `n8n: ${context.getWorkflow().name ?? 'workflow'}`.slice(0, 100);
	const endpoint = await askOpenAi(context, async ({ account, connection, baseUrl }) => {
		const request = account.createWebhookEndpoint(name, url, events);
		checkTriggerUrl(url, baseUrl);
		const made = account.readWebhookEndpoint(await ask(connection, request));
		return { ...made, id: connection.redact.text(made.id) };
	});
	if (!endpoint) {
		throw new NodeOperationError(context.getNode(), NO_ENDPOINTS, {
			description: WITHOUT_ENDPOINTS,
		});
	}
	const saved = savedEndpoint(context.getWorkflowStaticData('node'));
	saved.endpointId = endpoint.id;
	if (!endpoint.signing_secret) {
		await resultOf(deleteEndpoint(context));
		throw new NodeOperationError(context.getNode(), WITHOUT_SECRET, {
			description: WITHOUT_ENDPOINTS,
		});
	}
	saved.signingSecret = endpoint.signing_secret;
	return true;
}

/** Without the secret of an endpoint that was made by hand, no delivery of it could be believed. */
async function checkSecret(context: IHookFunctions): Promise<void> {
	const { webhookSecret } = await readAccount(context);
	if (isSigningSecret(webhookSecret)) return;
	const message =
		webhookSecret.trim() === ''
			? 'The Webhook Signing Secret in the credential is empty.'
			: "The Webhook Signing Secret in the credential isn't one.";
	throw new NodeOperationError(context.getNode(), message, { description: WHERE_SECRET });
}

function wantedEvents(context: IHookFunctions): string[] {
	return context.getNodeParameter('events', []) as string[];
}

/** Each once, so that the order in which they were chosen makes no difference. */
function inOrder(events: string[]): string {
	return [...new Set(events)].sort().join();
}

/** An endpoint that is gone already counts as deleted. */
export async function deleteEndpoint(context: IHookFunctions): Promise<boolean> {
	const saved = savedEndpoint(context.getWorkflowStaticData('node'));
	const { endpointId } = saved;
	if (isMadeByHand(context) || !endpointId) return true;
	await askOpenAi(
		context,
		async ({ account, connection }) =>
			await ask(connection, account.deleteWebhookEndpoint(endpointId)),
	);
	delete saved.endpointId;
	delete saved.signingSecret;
	return true;
}

interface Access {
	baseUrl: string;
	account: ReturnType<typeof createOpenAiAccount>;
	connection: Connection<IHookFunctions>;
}

/** What OpenAI answers, or undefined when it has no such endpoint. Throws n8n's own errors. */
async function askOpenAi<Value>(
	context: IHookFunctions,
	question: (access: Access) => Promise<Value>,
): Promise<Value | undefined> {
	const access = await readAccount(context);
	const { baseUrl } = access;
	const { signingSecret = '' } = savedEndpoint(context.getWorkflowStaticData('node'));
	const connection = connectAccount(context, access, createOpenAiTasks(baseUrl), signingSecret);
	const account = createOpenAiAccount(baseUrl);
	const answer = await resultOf(
		hidingSecrets(connection.redact, async () => await question({ baseUrl, account, connection })),
	);
	if (answer.ok) return answer.value;
	if (failureIn(answer.error)?.details.kind === 'notFound') return undefined;
	throw toNodeError(context.getNode(), withWayOut(withoutSigningSecret(answer.error)), 0);
}

/** Where the key may not make endpoints, a person still can. */
function withWayOut(error: Error): Error {
	const details = failureIn(error)?.details;
	if (details?.kind !== 'forbidden') return error;
	const advice = `${details.advice} Or set Webhook Endpoint to Made by Hand: then the key needs no right to make one.`;
	return new ImageFailure({ ...details, advice });
}

/** An answer that could not be read may tell a signing secret that nobody knows yet. */
function withoutSigningSecret(error: Error): Error {
	const details = failureIn(error)?.details;
	if (details?.excerpt === undefined) return error;
	const excerpt = details.excerpt.replace(SIGNING_SECRET, '$1•••');
	return new ImageFailure({ ...details, excerpt });
}

function isMadeByHand(context: IHookFunctions): boolean {
	return context.getNodeParameter('endpoint') === 'manual';
}
