// Batch: Get Results. One item for each image of a batch, and one for each line that failed.
import { namingTask } from '../../../../pipeline/result';
import { ask } from '../../../../pipeline/session';
import { createOpenAiBatches } from '../../../../providers/openai/batches';
import { outputOptions } from '../../../shared/fields/outputFields';
import { readOutput } from '../../../shared/parameters/imageParameters';
import type { ItemOperation } from '../../../shared/execute/operations';
import { optionsField } from '../../../shared/fields/optionsField';
import { reportTokens } from '../../../shared/execute/tokenUsage';
import { batchItems } from '../../batchItems';
import type { OpenAiSession } from '../../session';
import { askedFor, batchIdField, readBatchId } from './fields';

export const getResults: ItemOperation<OpenAiSession> = {
	option: {
		name: 'Get Results',
		value: 'getResults',
		action: 'Get the results of a batch',
		description: 'Fetch the images of a batch that has ended',
	},
	fields: [batchIdField, optionsField(outputOptions)],
	run: async ({ context, connection, baseUrl, ownPrices }, { itemIndex }) => {
		const batches = createOpenAiBatches(baseUrl);
		const batchId = readBatchId(context, itemIndex);
		return await namingTask(batchId, async () => {
			const told = batches.read(await ask(connection, batches.get(batchId)));
			const batch = askedFor(told, batchId);
			return await batchItems(connection, { baseUrl, ownPrices }, batch, {
				itemIndex,
				...readOutput(context, itemIndex),
				download: async (job) => await job(),
				onTask: ({ usage }) => reportTokens(context, usage?.input_tokens, usage?.output_tokens),
			});
		});
	},
};
