// Asks the running n8n what its editor would ask: executions, node types, files.
import { setMaxListeners } from 'node:events';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { IBinaryData, INodeExecutionData, IRunData } from 'n8n-workflow';
import { isBefore } from './olderN8n';
import { accepted, dataOf } from './rest';
import { settings } from './settings';

export interface ExampleWorkflow {
	id: string;
	name: string;
	nodes: Array<{
		name: string;
		type: string;
		parameters: Record<string, unknown>;
		credentials?: unknown;
		disabled?: boolean;
	}>;
}

export interface Execution {
	id: string;
	status: string;
	mode: string;
	data: { resultData: { runData: IRunData; error?: { message: string } } };
}

const LOOK_AGAIN_MS = 250;
const STARTED_BY_BUTTON = new Set([
	'n8n-nodes-base.manualTrigger',
	'n8n-nodes-base.scheduleTrigger',
]);
const UNFINISHED = new Set(['new', 'running', 'waiting']);

// n8n sends an execution's data in the "flatted" form; its own copy of that module reads it.
const flatted = createRequire(join(settings.n8nApp, 'package.json'))('flatted') as {
	parse(text: string): Execution['data'];
};

let test = new AbortController();
beforeEach(() => {
	test = new AbortController();
	// Hundreds may wait at the same time.
	setMaxListeners(0, test.signal);
});
afterEach(() => test.abort());

/** Waits. What a test that ran into its time limit leaves behind ends here, and does not keep jest alive. */
export async function sleep(milliseconds: number): Promise<void> {
	await wait(milliseconds, undefined, { signal: test.signal });
}

/** Any request to n8n as its owner. */
export async function ask(path: string, init: RequestInit = {}): Promise<Response> {
	return await fetch(`${settings.url}${path}`, {
		...init,
		headers: { ...init.headers, cookie: settings.cookie },
	});
}

/** What n8n answers its owner's editor. */
export async function rest<Data>(method: string, path: string, body?: object): Promise<Data> {
	return await dataOf<Data>(await accepted(settings, method, path, body));
}

/** An example workflow as it was imported. */
export function readExample(name: string): ExampleWorkflow {
	return JSON.parse(readFileSync(join('examples', `${name}.json`), 'utf8')) as ExampleWorkflow;
}

/** An example workflow as this n8n has it, with the real ports. */
export async function readImported(name: string): Promise<ExampleWorkflow> {
	return await rest<ExampleWorkflow>('GET', `/workflows/${readExample(name).id}`);
}

/** Looks again until something is true that n8n does after it has answered. The test's own time limit ends it. */
export async function until(isTrue: () => boolean): Promise<void> {
	while (!isTrue()) await sleep(LOOK_AGAIN_MS);
}

/** Saves a workflow as a new one and answers it with its own id. */
export async function saveAsNew(workflow: ExampleWorkflow): Promise<ExampleWorkflow> {
	return await rest<ExampleWorkflow>('POST', '/workflows', { ...workflow, id: undefined });
}

/** Starts a workflow at the trigger that the editor's button starts it at, and waits for its end. */
export async function runToEnd(workflow: ExampleWorkflow): Promise<Execution> {
	return await finished(await start(workflow));
}

/** Starts a workflow in the same way and answers the id of its execution. */
export async function start(workflow: ExampleWorkflow): Promise<string> {
	const trigger = workflow.nodes.find(({ type }) => STARTED_BY_BUTTON.has(type));
	if (!trigger) throw new Error(`${workflow.name} has no trigger that a button starts`);
	const path = `/workflows/${workflow.id}`;
	const { executionId } = await rest<{ executionId: string }>('POST', `${path}/run`, {
		// The editor of an older n8n sends the whole workflow along.
		...(isBefore('2.41') ? { workflowData: await rest('GET', path) } : {}),
		triggerToStartFrom: { name: trigger.name },
	});
	return executionId;
}

/** Retries a failed execution as the list of executions does, and answers the id of the new one, which has ended or waits. */
export async function startRetry(executionId: string): Promise<string> {
	const path = `/executions/${executionId}/retry`;
	return (await rest<{ id: string }>('POST', path, { loadWorkflow: false })).id;
}

/** Retries a failed execution in the same way, and waits for the new one's end. */
export async function retried(executionId: string): Promise<Execution> {
	return await finished(await startRetry(executionId));
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
	const path = `/executions/${id}`;
	const found = await rest<Omit<Execution, 'data'> & { data: string }>('GET', path);
	return { ...found, data: flatted.parse(found.data) };
}

/**
 * An older n8n may tell that an execution has ended a moment before it has the result: it then has none, or the one of
 * the time when the execution was put aside.
 */
function hasResult({ status, data }: Execution): boolean {
	if (!isBefore('2.41')) return true;
	const saved = data as (Partial<Execution['data']> & { waitTill?: unknown }) | undefined;
	return Boolean(saved?.resultData) && !(status === 'success' && saved?.waitTill);
}

/** Waits for an execution's end. */
export async function finished(id: string): Promise<Execution> {
	for (;;) {
		const execution = await readExecution(id);
		if (!UNFINISHED.has(execution.status) && hasResult(execution)) return execution;
		await sleep(LOOK_AGAIN_MS);
	}
}

/**
 * Publishes a workflow's current version, as the editor's Publish button does. n8n answers at once and sets up the
 * workflow's triggers a little later.
 */
export async function publish(workflowId: string): Promise<void> {
	if (isBefore('2.0')) return await setActive(workflowId, true);
	const { versionId } = await rest<{ versionId: string }>('GET', `/workflows/${workflowId}`);
	await rest('POST', `/workflows/${workflowId}/activate`, {
		versionId,
		name: 'Published by a test',
		description: '',
	});
}

/** Takes a workflow back, as the editor's Unpublish does. Its triggers, too, are taken down a little later. */
export async function unpublish(workflowId: string): Promise<void> {
	if (isBefore('2.0')) return await setActive(workflowId, false);
	await rest('POST', `/workflows/${workflowId}/deactivate`, {});
}

/** n8n 1 has no versions to publish: its editor has a switch, Active. */
async function setActive(workflowId: string, active: boolean): Promise<void> {
	await rest('PATCH', `/workflows/${workflowId}`, { active });
}

/** Asks until n8n serves what was published: a webhook or a form. Answers its answer. */
export async function served(request: () => Promise<Response>): Promise<Response> {
	for (;;) {
		const response = await request();
		if (response.ok) return response;
		await sleep(LOOK_AGAIN_MS);
	}
}

/** What the latest execution of all workflows has come to, in words. For a test that has failed. */
export async function latestExecution(): Promise<string> {
	try {
		const { results } = await rest<{ results: Array<{ id: string; workflowName: string }> }>(
			'GET',
			'/executions?limit=1',
		);
		if (!results[0]) return 'none';
		const { id, workflowName } = results[0];
		const execution = await readExecution(id);
		const error = errorOf(execution);
		return `${id} of "${workflowName}", ${execution.status}${error ? `: ${error}` : ''}`;
	} catch (error) {
		return `unknown, as n8n doesn't answer as it should: ${String(error)}`;
	}
}

/** The last hundred executions of a workflow, the latest first. */
async function executionsOf(workflowId: string): Promise<Array<{ id: string; mode: string }>> {
	const query = new URLSearchParams({ filter: JSON.stringify({ workflowId }), limit: '100' });
	const path = `/executions?${query.toString()}`;
	return (await rest<{ results: Array<{ id: string; mode: string }> }>('GET', path)).results;
}

/** Waits until a workflow has so many executions and all have ended; answers them, the latest first. */
export async function allEnded(workflowId: string, count: number): Promise<Execution[]> {
	for (;;) {
		const found = await executionsOf(workflowId);
		if (found.length >= count) {
			return await Promise.all(found.map(async ({ id }) => await finished(id)));
		}
		await sleep(LOOK_AGAIN_MS);
	}
}

/** Waits for the first execution that a workflow's own trigger started, and for its end. */
export async function firstTriggeredExecution(workflowId: string): Promise<Execution> {
	for (;;) {
		const started = (await executionsOf(workflowId)).find(({ mode }) => mode === 'webhook');
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

/** The bytes of a file that an execution keeps in n8n's binary store, or in itself, where n8n keeps files in memory. */
export async function fileBytes(file: IBinaryData | undefined): Promise<Buffer> {
	if (!file) throw new Error('The item has no file.');
	if (!file.id) return Buffer.from(file.data, 'base64');
	const query = new URLSearchParams({ id: file.id, action: 'download' });
	const response = await ask(`/rest/binary-data?${query.toString()}`);
	if (!response.ok) throw new Error(`binary data: HTTP ${response.status}`);
	return Buffer.from(await response.arrayBuffer());
}
