// Waiting: what the workflow does while the images are made, and the fields and options that follow from it.
import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { concurrencyOption, timeLimitOption } from './imageFields';
import { outputOptions } from './outputFields';

const waitForImages: INodePropertyOptions = {
	name: 'Wait for the Images',
	value: 'wait',
	description: 'The workflow goes on when the images are there',
};

const pauseUntilReady: INodePropertyOptions = {
	name: 'Pause Until the Images Are Ready',
	value: 'suspend',
	description:
		'The workflow goes on when all images are there, and uses no memory until then. n8n must be reachable from the internet.',
};

const dontWait: INodePropertyOptions = {
	name: "Don't Wait",
	value: 'return',
	description:
		'The workflow goes on at once with the task ID. Fetch the images later, or let a trigger receive them.',
};

export const completionField: INodeProperties = {
	displayName: 'Waiting',
	name: 'completion',
	type: 'options',
	noDataExpression: true,
	options: [waitForImages, dontWait],
	default: 'wait',
	description: 'What the workflow does while the images are being made',
};

/** Waiting, where the provider calls back, and the address that it reports to when nothing waits here. */
export function completionFieldsWithCallback(provider: string): INodeProperties[] {
	return [
		{ ...completionField, options: [waitForImages, pauseUntilReady, dontWait] },
		{
			displayName: `The workflow stops here and goes on by itself when all images are ready. For that, ${provider} calls your n8n, which must be reachable from the internet. If the <b>Time Limit</b> in the Options ends first, the items go on without images, and <b>Task: Wait</b> behind this node fetches them.`,
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
			description: `Where ${provider} reports when the images are ready. To receive them in another workflow, add the node ${provider} Trigger there with the same credential, publish that workflow, open Webhook URLs in the trigger, copy the Production URL and paste it here. Leave this empty to fetch the images later with Task: Wait.`,
			hint: `Paste the Production URL of the node ${provider} Trigger. It must use the same credential.`,
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
const taskTimeLimitOption = timeLimitOption(
	'How long one item may take, from its first request to its last picture, or with Pause Until the Images Are Ready for all items together. The tasks go on after that, and their IDs fetch the images later.',
);

/** The Options of every operation whose provider calls back. */
export const taskOptions: INodeProperties[] = [
	taskConcurrencyOption,
	...outputOptions,
	taskTimeLimitOption,
];
