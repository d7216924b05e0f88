// One execution in a process of n8n: begun, retried, or found waiting in the database; and on to its end, whoever makes it
// go on. Whatever n8n would save is in the database at the same moments.
import {
	NodeConnectionTypes,
	Workflow,
	type IDataObject,
	type IRunExecutionData,
} from 'n8n-workflow';

import { createAdditionalData } from '../../engine/support/additional-data';
import { EngineCredentialsHelper } from '../../engine/support/credentials-helper';
import { createStartData, executeWorkflow } from '../../engine/support/execute-workflow';
import { ITEMS_NODE_NAME, createItemsNode } from '../../engine/support/items-node';
import { createNodeTypes } from '../../engine/support/node-types';
import { createRetryData } from '../../engine/support/retry-data';
import { SavedExecution, finalStatus, rowAtStart } from '../../engine/support/saved-execution';
import type { InputItem } from '../../engine/support/types';
import type { WaitingExecution } from '../../engine/support/waiting-webhook';
import { createNode, createWorkflow, saveWorkflow } from '../../engine/support/workflow';
import { PICTURE } from '../../faults/server/picture';
import type { Database } from './database';
import { credentialTypeOf, credentialTypes, nodes } from './nodes';
import { endOf } from './putOut';
import type { ExecutionOrder, Job } from './types';

const MODE = 'trigger';

/** What an execution needs of the process that it is in. */
export interface Home extends Pick<Job, 'credentials'> {
	address: string;
	database: Database;
	/** Those that callbacks can reach, by ID. */
	reachable: Map<string, WaitingExecution>;
}

export async function runExecution(order: ExecutionOrder, home: Home): Promise<void> {
	const { id } = order;
	const { database } = home;
	const { workflow, nodeName } = workflowOf(order, home);
	const load = saveWorkflow(workflow);
	const loadWorkflow = () => new Workflow({ ...load(), nodeTypes: workflow.nodeTypes });
	const credentials = new EngineCredentialsHelper(credentialTypes, home.credentials);
	const prepare = () => createAdditionalData(credentials, home.address);

	const first = order.isWaiting ? undefined : dataAtStart(order, workflow, nodeName, database);
	const row = first ? rowAtStart(first) : database.read(id);
	let end: Awaited<ReturnType<typeof endOf>> = {};
	const saved = new SavedExecution(row, (changed) => database.write({ id, ...changed, ...end }));
	if (first) database.write({ id, ...row });

	let whenOver: () => void = () => {};
	const over = new Promise<void>((resolve) => {
		whenOver = resolve;
	});
	const waiting: WaitingExecution = {
		id,
		mode: MODE,
		saved,
		loadWorkflow,
		createAdditionalData: prepare,
		resume: (data) => {
			if (!saved.claim(data)) return false;
			void go(loadWorkflow(), saved.read().data);
			return true;
		},
	};
	home.reachable.set(id, waiting);

	async function go(own: Workflow, data: IRunExecutionData): Promise<void> {
		const run = await executeWorkflow({
			executionId: id,
			mode: MODE,
			workflow: own,
			additionalData: prepare(),
			data,
			save: async (ended) => {
				ended.status = finalStatus(ended);
				end = await endOf(ended, nodeName);
				saved.save(ended);
			},
		});
		if (run.waitTill) goOnAt(run.waitTill);
		else whenOver();
	}

	/** n8n's wait tracker: it reads the execution, and leaves it alone if another was faster. */
	function goOnAt(date: Date): void {
		const left = Math.max(0, date.getTime() - Date.now());
		setTimeout(() => waiting.resume(saved.read().data), left);
	}

	if (first) await go(workflow, first);
	else goOnAt(new Date(saved.read().data.waitTill ?? 0));
	await over;
	home.reachable.delete(id);
}

function workflowOf(order: ExecutionOrder, { credentials }: Home) {
	const source = createItemsNode(order.items.map((json) => itemWith(json, order.hasPictures)));
	const node = nodes[order.node];
	const type = credentialTypeOf(order.node);
	const underTest = {
		...createNode({
			node,
			parameters: order.parameters,
			credentials: { [type]: credentials[type]! },
		}),
		onError: order.onError,
		...(order.retryOnFail && { retryOnFail: true, maxTries: 3, waitBetweenTries: 200 }),
	};
	const workflow = createWorkflow({
		nodes: [createNode({ node: source, parameters: {} }), underTest],
		nodeTypes: createNodeTypes(source, node),
		connections: {
			[ITEMS_NODE_NAME]: {
				main: [[{ node: underTest.name, type: NodeConnectionTypes.Main, index: 0 }]],
			},
		},
	});
	return { workflow, nodeName: underTest.name };
}

function itemWith(json: IDataObject, hasPicture = false): InputItem {
	if (!hasPicture) return { json };
	const fileName = `${String(json.marker)}.png`;
	return { json, binary: { data: { content: PICTURE, fileName, mimeType: 'image/png' } } };
}

function dataAtStart(
	{ retryOf }: ExecutionOrder,
	workflow: Workflow,
	nodeName: string,
	database: Database,
): IRunExecutionData {
	if (retryOf === undefined) return createStartData(workflow);
	return createRetryData(database.read(retryOf).data, workflow, workflow.getNode(nodeName)!);
}
