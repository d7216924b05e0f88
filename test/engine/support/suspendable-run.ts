// A run that can wait for callbacks: a server in front of it, its execution saved as text, and ways to go on.
import { Workflow, type IRunExecutionData, type WorkflowExecuteMode } from 'n8n-workflow';
import { getAdditionalKeys } from 'n8n-core';

import { createAdditionalData } from './additional-data';
import type { EngineCredentialsHelper } from './credentials-helper';
import { createStartData, executeWorkflow } from './execute-workflow';
import { PASS_ON_NODE_NAME } from './pass-on-node';
import { createRetryData } from './retry-data';
import { describeRun } from './run-result';
import { SavedExecution, finalStatus, rowAtStart } from './saved-execution';
import type { CallbackDelivery, EngineRun, RunOptions } from './types';
import { receiveCallback } from './waiting-webhook';
import { openWebhookServer } from './webhook-server';
import { saveWorkflow } from './workflow';

/** What the engine closes when it closes. */
export type Listening = Array<{ close(): Promise<void> }>;

export interface SuspendableOptions {
	executionId: string;
	mode: WorkflowExecuteMode;
	/** The node under test. */
	nodeName: string;
	workflow: Workflow;
	credentials: EngineCredentialsHelper;
	signal?: AbortSignal;
	retryOf?: RunOptions['retryOf'];
	proxy?: RunOptions['proxy'];
	/** The server listens until the engine closes, so that late callbacks are answered as well. */
	listening: Listening;
}

export async function runSuspendable(options: SuspendableOptions): Promise<EngineRun> {
	const { executionId, mode, nodeName, workflow: ownWorkflow, credentials, signal } = options;
	const data =
		options.retryOf === undefined
			? createStartData(ownWorkflow)
			: createRetryData(options.retryOf, ownWorkflow, ownWorkflow.getNode(nodeName)!);
	const saved = new SavedExecution(rowAtStart(data));
	const deliveries: CallbackDelivery[] = [];
	const savedWorkflow = saveWorkflow(ownWorkflow);
	const { nodeTypes } = ownWorkflow;
	const loadWorkflow = () => new Workflow({ ...savedWorkflow(), nodeTypes });
	const server = await openWebhookServer(async (request, response) => {
		const { method = '', body } = request;
		response.once('finish', () => {
			deliveries.push({ method, body, status: response.statusCode });
		});
		const own = options.proxy?.(body);
		if (own) response.status(own.status).send(own.body);
		else await receiveCallback(waiting, request, response);
	});
	options.listening.push(server);
	const prepareAdditionalData = () => createAdditionalData(credentials, server.baseUrl);
	const additionalData = Object.assign(prepareAdditionalData(), { executionId });
	const { $execution } = getAdditionalKeys(additionalData, mode, data);
	const resumeUrl = String($execution?.resumeUrl);

	const goneOn = defer();
	const run = async (workflow: Workflow, runData: IRunExecutionData): Promise<EngineRun> => {
		const raw = await executeWorkflow({
			executionId,
			mode,
			workflow,
			additionalData: prepareAdditionalData(),
			data: runData,
			signal,
			save: (ended) => {
				ended.status = finalStatus(ended);
				saved.save(ended);
			},
		});
		return {
			...describeRun(raw, nodeName, executionId),
			passedOn: raw.data.resultData.runData[PASS_ON_NODE_NAME]?.at(-1)?.data?.main?.[0] ?? [],
			resumeUrl,
			waitTill: raw.waitTill ?? undefined,
			deliveries,
			resumed: async () => await goneOn.promise,
			passTimeLimit: async () => {
				// n8n's wait tracker: it reads the execution, and leaves it alone if another was faster.
				waiting.resume(saved.read().data);
				return await goneOn.promise;
			},
		};
	};
	const waiting = {
		id: executionId,
		mode,
		saved,
		loadWorkflow,
		createAdditionalData: prepareAdditionalData,
		resume: (runData: IRunExecutionData): boolean => {
			if (!saved.claim(runData)) return false;
			// Read again, as a worker does: what can't be text gets lost here.
			void run(loadWorkflow(), saved.read().data).then(goneOn.resolve, goneOn.reject);
			return true;
		},
	};
	return await run(ownWorkflow, data);
}

interface Deferred {
	promise: Promise<EngineRun>;
	resolve: (run: EngineRun) => void;
	reject: (error: Error) => void;
}

function defer(): Deferred {
	let resolve: Deferred['resolve'] = () => {};
	let reject: Deferred['reject'] = () => {};
	const promise = new Promise<EngineRun>((onResolve, onReject) => {
		resolve = onResolve;
		reject = onReject;
	});
	// Nobody need ask for it.
	promise.catch(() => {});
	return { promise, resolve, reject };
}
