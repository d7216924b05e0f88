// Batch: Cancel. Stops a batch; what is done already can still be fetched.
import { namingTask } from '../../../../pipeline/result';
import { ask } from '../../../../pipeline/session';
import { createOpenAiBatches } from '../../../../providers/openai/batches';
import type { ItemOperation } from '../../../shared/execute/operations';
import type { OpenAiSession } from '../../session';
import { askedFor, batchIdField, batchJson, readBatchId } from './fields';

export const cancel: ItemOperation<OpenAiSession> = {
	option: {
		name: 'Cancel',
		value: 'cancel',
		action: 'Cancel a batch',
		description: 'Stop a batch. What is done already can still be fetched.',
	},
	fields: [batchIdField],
	run: async ({ context, connection, baseUrl }, { itemIndex }) => {
		const batches = createOpenAiBatches(baseUrl);
		const batchId = readBatchId(context, itemIndex);
		const batch = await namingTask(batchId, async () =>
			askedFor(batches.read(await ask(connection, batches.cancel(batchId))), batchId),
		);
		return [{ json: batchJson(batch), pairedItem: { item: itemIndex } }];
	},
};
