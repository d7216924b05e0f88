// What a node has put out, read as the next node would read it: facts and a digest of each picture.
import { createHash } from 'node:crypto';

import type { INodeExecutionData, IRun } from 'n8n-workflow';

import { readBinary } from '../../engine/support/binary-store';
import type { ExecutionRow, PutOut } from './types';

/** What the test asks of an execution that has ended; nothing of one that waits. */
export async function endOf(
	run: IRun,
	nodeName: string,
): Promise<Pick<ExecutionRow, 'output' | 'error'>> {
	const { resultData } = run.data;
	const { error } = resultData;
	if (error) {
		const { message, description } = error;
		return { error: { message, description: description ?? undefined } };
	}
	if (run.waitTill) return {};
	const items = resultData.runData[nodeName]?.at(-1)?.data?.main?.[0] ?? [];
	return { output: await Promise.all(items.map(readItem)) };
}

async function readItem(item: INodeExecutionData): Promise<PutOut> {
	const facts = item.json as Partial<PutOut>;
	const { taskId, taskIds, batchId, customId, error, kind, mayBeCharged, advice } = facts;
	return {
		item: sourceOf(item),
		taskId,
		taskIds,
		batchId,
		customId,
		error,
		kind,
		mayBeCharged,
		advice,
		picture: item.binary?.data ? digestOf(await readBinary(item)) : undefined,
	};
}

function sourceOf({ pairedItem }: INodeExecutionData): number | undefined {
	const [first] = [pairedItem].flat();
	return typeof first === 'object' ? first.item : first;
}

function digestOf(bytes: Buffer): string {
	return createHash('sha256').update(bytes).digest('hex');
}
