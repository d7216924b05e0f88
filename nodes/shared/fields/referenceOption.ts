// Your Reference: the person's own name for an order, in the same words wherever images are ordered or fetched.
import type { INodeProperties } from 'n8n-workflow';

const option: INodeProperties = {
	displayName: 'Your Reference',
	name: 'reference',
	type: 'string',
	default: '',
	placeholder: 'e.g. 4711',
};

/** Where an order has it as a label. */
export const referenceOption: INodeProperties = {
	...option,
	description:
		'An order or row number of yours. It stands in the output, in messages and in the log, and comes along to a trigger. It says whose image it is, and is not seen by the model.',
};

/** Where the provider orders nothing twice under it. */
export const onceOption: INodeProperties = {
	...option,
	description:
		'An order or row number of yours, another for each item. It stands in the output, in messages and in the log, and comes along to a trigger. What this node has ordered under it is never ordered again, also when the workflow runs again. To order anew, use another one.',
};

/** Where images are fetched that were ordered before. */
export const fetchedReferenceOption: INodeProperties = {
	...option,
	description: 'An order or row number of yours that the output is to bear',
};
