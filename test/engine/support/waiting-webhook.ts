// A callback to an execution that waits, step by step as n8n's webhook server and runner treat it.
import {
	UnexpectedError,
	type IRunExecutionData,
	type IWebhookResponseData,
	type IWorkflowExecuteAdditionalData,
	type Workflow,
	type WorkflowExecuteMode,
} from 'n8n-workflow';

import type { ReadExecution, SavedExecution } from './saved-execution';
import { evaluateProperty, listRestartWebhooks } from './trigger-webhooks';
import { answer, callNode, type Call } from './webhook-delivery';
import type { WebhookRequest, WebhookResponse } from './webhook-server';

const PREFIX = '/webhook-waiting/';
/** n8n answers as soon as the execution is claimed. Its other ways to answer aren't in this engine. */
const ONLY = 'onReceived';

export interface WaitingExecution {
	id: string;
	mode: WorkflowExecuteMode;
	saved: SavedExecution;
	loadWorkflow(): Workflow;
	createAdditionalData(): IWorkflowExecuteAdditionalData;
	/** Runs the rest of the workflow. False where another caller has claimed the execution. */
	resume(data: IRunExecutionData): boolean;
}

export async function receiveCallback(
	execution: WaitingExecution,
	request: WebhookRequest,
	response: WebhookResponse,
): Promise<void> {
	const refuse = (status: number, message: string) =>
		void response.status(status).json({ code: status, message });
	const { id } = execution;
	const [, path = '', pathSuffix] =
		new RegExp(`^${PREFIX}([^/]+)(?:/([^/]+))?/?$`).exec(request.path) ?? [];
	if (path !== id) return refuse(404, `The execution "${path}" does not exist.`);

	const read = execution.saved.read();
	const { valid, tokenSuffix } = checkToken(request, read);
	if (!valid) return void response.status(401).json({ error: 'Invalid token' });
	if (read.status === 'running') return refuse(409, `The execution "${id}" is running already.`);
	if (read.data.resultData.error) {
		return refuse(409, `The execution "${id}" has finished with error.`);
	}
	if (read.finished) return refuse(409, `The execution "${id} has finished already.`);

	const called = findCall(execution, read.data, request, response, pathSuffix ?? tokenSuffix ?? '');
	if (typeof called === 'string') return refuse(404, called);
	await callAndResume(execution, called);
}

/** A provider may have put its own path behind the token: n8n then looks for a webhook with that path. */
function checkToken({ query }: WebhookRequest, { data }: ReadExecution) {
	const [signature] = [query.signature ?? ''].flat();
	const [token, ...rest] = (signature ?? '').split('/');
	const valid = token !== '' && token === data.resumeToken;
	return { valid, tokenSuffix: rest.length > 0 ? rest.join('/') : undefined };
}

type RestartCall = Call & { runData: IRunExecutionData };

/** What the node is called with, or why it can't be. */
function findCall(
	execution: WaitingExecution,
	runData: IRunExecutionData,
	request: WebhookRequest,
	response: WebhookResponse,
	path: string,
): RestartCall | string {
	const { lastNodeExecuted = '', runData: tasks } = runData.resultData;
	const waiting = runData.executionData?.nodeExecutionStack[0];
	if (waiting) waiting.node.disabled = true;
	runData.waitTill = undefined;
	tasks[lastNodeExecuted]?.pop();

	const workflow = execution.loadWorkflow();
	const node = workflow.getNode(lastNodeExecuted);
	if (!node) return 'Could not find node to process webhook.';
	const additionalData = execution.createAdditionalData();
	const webhook = listRestartWebhooks(workflow, node, additionalData).find(
		(each) => each.httpMethod === request.method && each.path === path,
	);
	if (!webhook) {
		return `The workflow for execution "${execution.id}" does not contain a waiting webhook with a matching path/method.`;
	}
	additionalData.executionId = execution.id;
	const { mode } = execution;
	return { workflow, node, additionalData, webhook, mode, runData, request, response };
}

async function callAndResume(execution: WaitingExecution, call: RestartCall): Promise<void> {
	const { workflow, runData, response } = call;
	const { webhookDescription } = call.webhook;
	const responses = evaluateProperty(workflow, call.node, webhookDescription, 'responseMode', ONLY);
	if (responses !== ONLY) throw new UnexpectedError(`No "${responses}" answers in this engine`);
	let result: IWebhookResponseData;
	await workflow.expression.acquireIsolate();
	try {
		result = await callNode(call);
	} catch (error) {
		// n8n hides the error from the caller, and goes on with an execution that has failed.
		sendError(response, 'Workflow Webhook Error: Workflow could not be started!');
		result = { noWebhookResponse: true, workflowData: [[{ json: {} }]] };
		failRun(runData, call.node.name, error as Error);
	} finally {
		await workflow.expression.releaseIsolate();
	}

	if (result.workflowData === undefined) {
		// Nothing is saved, so the execution keeps waiting as if this callback had not come.
		if (result.noWebhookResponse !== true) answer(call, result);
		return;
	}
	const resuming = runData.executionData?.nodeExecutionStack[0];
	if (!resuming) throw new UnexpectedError('The execution has no node to go on with');
	resuming.data.main = result.workflowData;
	resuming.metadata = { ...resuming.metadata, forwardAllOutputs: true };
	const isResumed = execution.resume(runData);
	if (result.noWebhookResponse === true) return;
	if (isResumed) answer(call, result);
	else sendError(response, 'There was a problem executing the workflow');
}

function failRun({ resultData }: IRunExecutionData, nodeName: string, error: Error): void {
	resultData.runData = {};
	resultData.lastNodeExecuted = nodeName;
	resultData.error = {
		...error,
		message: error.message,
		stack: error.stack,
	} as typeof resultData.error;
}

function sendError(response: WebhookResponse, message: string): void {
	if (!response.headersSent) response.status(500).json({ code: 0, message });
}
