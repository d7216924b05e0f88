// Batch: Get Results. One item for each image of a batch, and one for each line that failed.
import { send } from '../../../../pipeline/http/send';
import { createOpenAiBatches } from '../../../../providers/openai/batches';
import { outputOptions } from '../../../shared/imageFields';
import { readOutput } from '../../../shared/imageParameters';
import type { ItemOperation } from '../../../shared/operations';
import { optionsField } from '../../../shared/optionsField';
import { readOptions } from '../../../shared/parameters';
import { reportTokens } from '../../../shared/tokenUsage';
import { batchItems } from '../../batchItems';
import type { OpenAiSession } from '../../session';
import { batchIdField, readBatchId } from './fields';

export const getResults: ItemOperation<OpenAiSession> = {
	option: {
		name: 'Get Results',
		value: 'getResults',
		action: 'Get the results of a batch',
		description: 'Fetch the images of a batch that has ended',
	},
	fields: [batchIdField, optionsField(outputOptions)],
	run: async ({ context, connection, baseUrl }, itemIndex) => {
		const batches = createOpenAiBatches(baseUrl);
		const request = batches.get(readBatchId(context, itemIndex));
		const batch = batches.read(await send(connection, request));
		return await batchItems(connection, baseUrl, batch, {
			...readOutput(context, readOptions(context, itemIndex), itemIndex),
			download: async (job) => await job(),
			onTask: ({ usage }) => reportTokens(context, usage?.input_tokens, usage?.output_tokens),
		});
	},
};
