// Asks the running n8n what its editor would ask: executions, node types, files.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { IBinaryData, INodeExecutionData, IRunData } from 'n8n-workflow';
import { settings } from './settings';

export interface ExampleWorkflow {
	id: string;
	name: string;
	nodes: Array<{
		name: string;
		type: string;
		parameters: Record<string, unknown>;
		credentials?: unknown;
	}>;
}

export interface Execution {
	id: string;
	status: string;
	mode: string;
	data: { resultData: { runData: IRunData; error?: { message: string } } };
}

const LOOK_AGAIN_MS = 250;
const UNFINISHED = new Set(['new', 'running', 'waiting']);

// n8n sends an execution's data in the "flatted" form; its own copy of that module reads it.
const flatted = createRequire(join(settings.n8nApp, 'package.json'))('flatted') as {
	parse(text: string): Execution['data'];
};

/** Any request to n8n as its owner. */
export async function ask(path: string, init: RequestInit = {}): Promise<Response> {
	return await fetch(`${settings.url}${path}`, {
		...init,
		headers: { ...init.headers, cookie: settings.cookie },
	});
}

async function rest<T>(path: string, body?: unknown): Promise<T> {
	const response = await ask(`/rest${path}`, {
		method: body === undefined ? 'GET' : 'POST',
		headers: { 'content-type': 'application/json' },
		body: body === undefined ? undefined : JSON.stringify(body),
	});
	if (!response.ok) throw new Error(`${path}: HTTP ${response.status} ${await response.text()}`);
	return ((await response.json()) as { data: T }).data;
}

/** An example workflow as it was imported. */
export function readExample(name: string): ExampleWorkflow {
	return JSON.parse(readFileSync(join('examples', `${name}.json`), 'utf8')) as ExampleWorkflow;
}

/** Looks again until something is true that n8n does after it has answered. The test's own time limit ends it. */
export async function until(isTrue: () => boolean): Promise<void> {
	while (!isTrue()) await sleep(LOOK_AGAIN_MS);
}

/** Saves a workflow as a new one and answers it with its own id. */
export async function saveAsNew(workflow: ExampleWorkflow): Promise<ExampleWorkflow> {
	return await rest<ExampleWorkflow>('/workflows', { ...workflow, id: undefined });
}

/** Starts a workflow at its manual trigger, as the editor's button does, and waits for its end. */
export async function runToEnd(workflow: ExampleWorkflow): Promise<Execution> {
	return await finished(await start(workflow));
}

/** Starts a workflow in the same way and answers the id of its execution. */
export async function start(workflow: ExampleWorkflow): Promise<string> {
	const trigger = workflow.nodes.find(({ type }) => type === 'n8n-nodes-base.manualTrigger');
	if (!trigger) throw new Error(`${workflow.name} has no manual trigger`);
	const { executionId } = await rest<{ executionId: string }>(`/workflows/${workflow.id}/run`, {
		triggerToStartFrom: { name: trigger.name },
	});
	return executionId;
}

/** Retries a failed execution as the list of executions does, and waits for the new one's end. */
export async function retried(executionId: string): Promise<Execution> {
	await rest(`/executions/${executionId}/retry`, { loadWorkflow: false });
	const failed = await rest<{ retrySuccessId?: string | null }>(`/executions/${executionId}`);
	return await finished(String(failed.retrySuccessId));
}

/** Looks at an execution until it has this status. */
export async function reached(id: string, status: string): Promise<Execution> {
	for (;;) {
		const execution = await readExecution(id);
		if (execution.status === status) return execution;
		await sleep(LOOK_AGAIN_MS);
	}
}

async function readExecution(id: string): Promise<Execution> {
	const found = await rest<Omit<Execution, 'data'> & { data: string }>(`/executions/${id}`);
	return { ...found, data: flatted.parse(found.data) };
}

/** Waits for an execution's end. */
export async function finished(id: string): Promise<Execution> {
	for (;;) {
		const execution = await readExecution(id);
		if (!UNFINISHED.has(execution.status)) return execution;
		await sleep(LOOK_AGAIN_MS);
	}
}

/**
 * Publishes a workflow's current version, as the editor's Publish button does. n8n answers at once and sets up the
 * workflow's triggers a little later.
 */
export async function publish(workflowId: string): Promise<void> {
	const { versionId } = await rest<{ versionId: string }>(`/workflows/${workflowId}`);
	await rest(`/workflows/${workflowId}/activate`, {
		versionId,
		name: 'Published by a test',
		description: '',
	});
}

/** Takes a workflow back, as the editor's Unpublish does. Its triggers, too, are taken down a little later. */
export async function unpublish(workflowId: string): Promise<void> {
	await rest(`/workflows/${workflowId}/deactivate`, {});
}

/** Waits for the first execution that a workflow's own trigger started, and for its end. */
export async function firstTriggeredExecution(workflowId: string): Promise<Execution> {
	const filter = encodeURIComponent(JSON.stringify({ workflowId }));
	for (;;) {
		const { results } = await rest<{ results: Array<{ id: string; mode: string }> }>(
			`/executions?filter=${filter}`,
		);
		const started = results.find(({ mode }) => mode === 'webhook');
		if (started) return await finished(started.id);
		await sleep(LOOK_AGAIN_MS);
	}
}

/** What the execution failed with, in words. */
export const errorOf = (execution: Execution): string | undefined =>
	execution.data.resultData.error?.message;

/** The items that a node put out in its last run, at its first output or another one. */
export function itemsOf(execution: Execution, nodeName: string, output = 0): INodeExecutionData[] {
	const runs = execution.data.resultData.runData[nodeName] ?? [];
	return runs.at(-1)?.data?.main?.[output] ?? [];
}

/** The bytes of a file that an execution keeps in n8n's binary store. */
export async function fileBytes(file: IBinaryData | undefined): Promise<Buffer> {
	if (!file) throw new Error('The item has no file.');
	const query = new URLSearchParams({ id: file.id ?? '', action: 'download' });
	const response = await ask(`/rest/binary-data?${query.toString()}`);
	if (!response.ok) throw new Error(`binary data: HTTP ${response.status}`);
	return Buffer.from(await response.arrayBuffer());
}
