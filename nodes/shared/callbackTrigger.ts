// What every trigger has whose provider calls back per task: its fields, and the life cycle that it needs none of.
import type { INodeProperties } from 'n8n-workflow';

import { outputOptions } from './imageFields';
import { optionsField } from './optionsField';

/** `provider` is the provider's name as its node has it. */
export function callbackProperties(provider: string): INodeProperties[] {
	return [
		{
			displayName: `To connect this trigger: publish this workflow, copy the <b>Production URL</b> above, and paste it into <b>Callback URL</b> of the ${provider} node whose Completion is "Return the Task at Once". Both nodes must use the same credential.`,
			name: 'notice',
			type: 'notice',
			default: '',
		},
		{
			displayName: 'Trigger On',
			name: 'events',
			type: 'multiOptions',
			options: [
				{ name: 'Task Cancelled', value: 'cancelled' },
				{ name: 'Task Completed', value: 'succeeded' },
				{ name: 'Task Failed', value: 'failed' },
			],
			default: ['succeeded'],
			required: true,
			description: 'Which outcomes start the workflow',
		},
		optionsField(outputOptions),
	];
}

/** Nothing is registered at the provider: each task brings its own callback address. */
export const callbackMethods = {
	async checkExists(): Promise<boolean> {
		return true;
	},
	async create(): Promise<boolean> {
		return true;
	},
	async delete(): Promise<boolean> {
		return true;
	},
};
