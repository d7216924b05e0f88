// A trigger as n8n keeps it: registered on activation, a fresh workflow for every delivery.
import { randomUUID } from 'node:crypto';

import { parse, stringify } from 'flatted';
import { HookContext } from 'n8n-core';
import {
	jsonParse,
	type ICredentialType,
	type IDataObject,
	type INodeExecutionData,
	type IRunExecutionData,
	type IWebhookData,
	type Workflow,
} from 'n8n-workflow';

import { createAdditionalData } from './additional-data';
import { readBinary } from './binary-store';
import { createStartData, executeWorkflow } from './execute-workflow';
import { EngineCredentialsHelper } from './credentials-helper';
import { createNodeTypes } from './node-types';
import { listWebhooks } from './trigger-webhooks';
import type { EngineTrigger, TriggerOptions } from './types';
import { deliver } from './webhook-delivery';
import { openWebhookServer, type WebhookRequest, type WebhookResponse } from './webhook-server';
import { createNode, createWorkflow } from './workflow';

type HookMethod = 'checkExists' | 'create' | 'delete';

export async function openTrigger(
	options: TriggerOptions,
	types: ICredentialType[],
): Promise<EngineTrigger> {
	const isTest = options.mode === 'test';
	const mode = isTest ? 'manual' : 'trigger';
	const node = { ...createNode(options), id: randomUUID(), webhookId: randomUUID() };
	const nodeTypes = createNodeTypes(options.node);
	const credentials = new EngineCredentialsHelper(types, options.credentials);
	const started: INodeExecutionData[][] = [];
	const delivered: INodeExecutionData[][] = [];
	const hints: string[] = [];
	let executions = 0;
	/** Text, like the database's column: what isn't JSON doesn't survive. */
	let saved = '{}';
	/** A listening test keeps its own copy, which deliveries read and never write back. */
	let testData = '{}';
	const readSaved = () => jsonParse<IDataObject>(isTest ? testData : saved);

	const load = () => {
		const nodes = [node];
		const workflow = createWorkflow({ nodes, nodeTypes, staticData: readSaved(), active: !isTest });
		const additionalData = createAdditionalData(credentials, server.baseUrl);
		const savedNode = workflow.getNode(node.name) ?? node;
		const webhooks = listWebhooks(workflow, savedNode, additionalData, isTest);
		return { workflow, additionalData, node: savedNode, webhooks };
	};
	const save = (workflow: Workflow) => {
		if (!workflow.staticData.__dataChanged) return;
		saved = JSON.stringify(workflow.staticData);
	};
	const prefix = isTest ? '/webhook-test/' : '/webhook/';

	async function receive(request: WebhookRequest, response: WebhookResponse): Promise<void> {
		const loaded = load();
		const webhook = loaded.webhooks.find(
			({ path, httpMethod }) =>
				`${prefix}${path}` === request.path && httpMethod === request.method,
		);
		if (!webhook) {
			const message = `The requested webhook "${request.method} ${request.path}" is not registered.`;
			response.status(404).json({ code: 404, message });
			return;
		}
		const afterwards = () => {
			if (!isTest) save(loaded.workflow);
		};
		const items = await deliver({
			...loaded,
			webhook,
			mode: isTest ? 'manual' : 'webhook',
			runData: null,
			request,
			response,
			createExecution: options.createExecution ?? (async () => {}),
			afterwards,
		});
		if (!items) return;
		delivered.push(items);
		started.push(await startedWith(items));
	}
	/** What the trigger hands on in the execution that the delivery has started, in whatever process that runs. */
	async function startedWith(items: INodeExecutionData[]): Promise<INodeExecutionData[]> {
		const { workflow, additionalData } = load();
		const { data } = await executeWorkflow({
			executionId: String(++executions),
			mode: isTest ? 'manual' : 'webhook',
			workflow,
			additionalData,
			data: parse(stringify(createStartData(workflow, node.name, items))) as IRunExecutionData,
		});
		const { error, runData } = data.resultData;
		if (error) throw error;
		const [run] = runData[node.name] ?? [];
		hints.push(...(run?.hints ?? []).map(({ message }) => message));
		return run?.data?.main?.[0] ?? [];
	}
	const server = await openWebhookServer(receive);

	async function runHooks(work: (call: HookCall) => Promise<void>, leaving = false): Promise<void> {
		const { workflow, additionalData, node: savedNode, webhooks } = load();
		const activation = isTest ? 'manual' : leaving ? 'update' : 'activate';
		for (const webhook of webhooks) {
			const { name } = webhook.webhookDescription;
			await work(async (method) => {
				const context = new HookContext(
					workflow,
					savedNode,
					additionalData,
					mode,
					activation,
					webhook,
				);
				return await options.node.webhookMethods?.[name]?.[method]?.call(context);
			});
		}
		if (isTest) testData = JSON.stringify(workflow.staticData);
		else save(workflow);
	}

	const [first] = load().webhooks as [IWebhookData];
	return {
		url: `${server.baseUrl}${prefix}${first.path}`,
		started,
		delivered,
		hints,
		binary: readBinary,
		get staticData() {
			return jsonParse<IDataObject>(saved);
		},
		activate: async () => {
			await runHooks(async (call) => {
				if (!(await call('checkExists'))) await call('create');
			});
		},
		deactivate: async () => {
			await runHooks(async (call) => {
				await call('delete');
			}, true);
		},
		close: server.close,
	};
}

type HookCall = (method: HookMethod) => Promise<boolean | undefined>;
