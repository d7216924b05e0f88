// What n8n makes of a saved execution that a person retries: the failed node runs again on its items, with its memory.
import { parse, stringify } from 'flatted';
import {
	migrateRunExecutionData,
	type INode,
	type IRunExecutionData,
	type Workflow,
} from 'n8n-workflow';

import { ITEMS_NODE_NAME } from './items-node';
import type { EngineRun } from './types';

export function createRetryData(
	earlier: string | EngineRun,
	workflow: Workflow,
	{ name }: INode,
): IRunExecutionData {
	const saved = typeof earlier === 'string' ? earlier : stringify(earlier.raw.data);
	type Saved = Parameters<typeof migrateRunExecutionData>[0];
	const data = migrateRunExecutionData(parse(saved) as Saved);
	const { runData } = data.resultData;
	delete data.resultData.error;
	delete runData[name];
	const items = runData[ITEMS_NODE_NAME]?.[0]?.data;
	if (!items) throw new Error('The saved execution has no items.');
	data.executionData!.nodeExecutionStack = [
		{
			node: workflow.getNode(name)!,
			data: items,
			source: { main: [{ previousNode: ITEMS_NODE_NAME }] },
		},
	];
	return data;
}
