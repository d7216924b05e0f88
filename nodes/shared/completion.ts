// The Completion that a person chose, and what it does with a request: wait for its images, suspend, or neither.
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { taskItem } from '../../pipeline/media/imageItems';
import type { ImageRun } from '../../pipeline/imageRun';
import type { LocalRequest } from '../../pipeline/media/inputImages';
import { readOutput } from './imageParameters';
import { readOptions } from './parameters';

export type Completion = 'wait' | 'suspend' | 'return';

/** One for all items, since an execution is suspended as a whole. */
export function readCompletion(context: IExecuteFunctions): Completion {
	return context.getNodeParameter('completion', 0, 'wait') as Completion;
}

/** Makes the images of one item, or starts their tasks. */
export async function complete(
	run: ImageRun,
	request: LocalRequest,
	itemIndex: number,
): Promise<INodeExecutionData[]> {
	const { connection } = run;
	const { context } = connection;
	const completion = readCompletion(context);
	const output = readOutput(context, readOptions(context, itemIndex), itemIndex);
	if (completion === 'wait') {
		return await run.collect(await run.submitAndWait(request, itemIndex), output);
	}
	const submitted =
		completion === 'suspend'
			? await run.submitSuspended(request, output)
			: await run.submit(request, itemIndex);
	return submitted.map((task) => taskItem(connection, task, itemIndex));
}
