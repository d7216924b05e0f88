// Completion: whether the node waits for the images, and the fields and options that follow from it.
import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { concurrencyOption, timeLimitOption } from './imageFields';

const waitForImages: INodePropertyOptions = {
	name: 'Wait for the Images',
	value: 'wait',
	description: 'The workflow goes on when the images are there',
};

const suspendUntilCallback: INodePropertyOptions = {
	name: 'Suspend Until Callback',
	value: 'suspend',
	description:
		'The workflow goes on when all images are there, and uses no memory until then. n8n must be reachable from the internet.',
};

const returnTask: INodePropertyOptions = {
	name: 'Return the Task at Once',
	value: 'return',
	description:
		'The workflow goes on with the task ID. Fetch the images later, or let a trigger receive them.',
};

export const completionField: INodeProperties = {
	displayName: 'Completion',
	name: 'completion',
	type: 'options',
	noDataExpression: true,
	options: [waitForImages, returnTask],
	default: 'wait',
	description: 'What the workflow does while the images are being made',
};

/** Completion, where the provider calls back, and the address that it reports to when nothing waits here. */
export function completionFieldsWithCallback(provider: string): INodeProperties[] {
	return [
		{ ...completionField, options: [waitForImages, suspendUntilCallback, returnTask] },
		{
			displayName: `n8n stores the workflow while ${provider} works, and goes on when all images are there. ${provider} calls n8n for that, so n8n needs a public address. When the Time Limit in the Options comes first, the items go on without images, and Task: Wait fetches them by their task IDs.`,
			name: 'suspendNotice',
			type: 'notice',
			default: '',
			displayOptions: { show: { completion: ['suspend'] } },
		},
		{
			displayName: 'Callback URL',
			name: 'callbackUrl',
			type: 'string',
			default: '',
			displayOptions: { show: { completion: ['return'] } },
			placeholder: 'e.g. https://n8n.example.com/webhook/…',
			description: `Where ${provider} reports when the images are ready. To receive them in another workflow, add a ${provider} Trigger there with the same credential, publish that workflow, copy the Production URL that the trigger shows and paste it here. Leave this empty to fetch the images later with Task: Wait.`,
			hint: `Paste the Production URL of a ${provider} Trigger that uses the same credential`,
		},
	];
}

/** Concurrency, where a node may start tasks and go on without them. */
export const taskConcurrencyOption: INodeProperties = {
	...concurrencyOption,
	description:
		"How many items the node works on at the same time. Tasks that it doesn't wait for aren't counted.",
};

/** Time Limit, where the provider calls back. */
export const taskTimeLimitOption = timeLimitOption(
	'How long one item may take, from its first request to its last picture, or with Suspend Until Callback for all items together. The tasks go on after that, and their IDs fetch the images later.',
);
