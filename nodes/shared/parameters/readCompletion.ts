// The way of waiting that a person chose: wait for the images, suspend, or neither.
import type { IExecuteFunctions } from 'n8n-workflow';

type Completion = 'wait' | 'suspend' | 'return';

/** One for all items, since an execution is suspended as a whole. */
export function readCompletion(context: IExecuteFunctions): Completion {
	return context.getNodeParameter('completion', 0, 'wait') as Completion;
}
