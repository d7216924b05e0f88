// Batch: Get. How far a batch has come.
import { namingTask } from '../../../../pipeline/result';
import { ask } from '../../../../pipeline/session';
import { createOpenAiBatches } from '../../../../providers/openai/batches';
import type { ItemOperation } from '../../../shared/execute/operations';
import type { OpenAiSession } from '../../session';
import { askedFor, batchIdField, batchJson, readBatchId } from './fields';

export const get: ItemOperation<OpenAiSession> = {
	option: {
		name: 'Get',
		value: 'get',
		action: 'Get a batch',
		description: 'See how far a batch has come',
	},
	fields: [batchIdField],
	run: async ({ context, connection, baseUrl }, { itemIndex }) => {
		const batches = createOpenAiBatches(baseUrl);
		const batchId = readBatchId(context, itemIndex);
		const batch = await namingTask(batchId, async () =>
			askedFor(batches.read(await ask(connection, batches.get(batchId))), batchId),
		);
		return [{ json: batchJson(batch), pairedItem: { item: itemIndex } }];
	},
};
