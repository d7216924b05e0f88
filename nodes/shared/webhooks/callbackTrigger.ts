// What every trigger has whose provider calls back per task: its description, and the life cycle that it needs none of.
import {
	NodeConnectionTypes,
	type INodeProperties,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

import type { OpenAccount } from '../execute/openAccount';
import { triggerOutputOptions } from '../fields/outputFields';
import { optionsField } from '../fields/optionsField';
import { receiveWith, startWith } from './receiveCallback';

/** What stands below the trigger on the canvas. */
const SUBTITLE = '={{$parameter["events"].join(", ").replace("succeeded", "completed")}}';

/** What n8n listens to for a trigger's deliveries. */
export const deliveryWebhook = {
	name: 'default',
	httpMethod: 'POST',
	responseMode: 'onReceived',
	// So that the answer is the node's own, and not its data.
	responseData: '',
} as const;

type Shared = 'group' | 'version' | 'inputs' | 'outputs' | 'webhooks' | 'properties';

type Methods = Required<Pick<INodeType, 'webhookMethods' | 'webhook' | 'execute'>>;

interface CallbackTrigger extends Methods {
	/** The trigger's description, beside what n8n wants to read in the class itself. */
	description: Pick<INodeTypeDescription, Shared>;
	subtitle: string;
}

/**
 * `provider` is the provider's name as its node has it; `path` ends the address that the provider delivers to, behind the ID
 * that n8n gives the trigger.
 */
export function callbackTrigger(
	provider: string,
	path: string,
	openAccount: OpenAccount<unknown>,
): CallbackTrigger {
	return {
		description: {
			group: ['trigger'],
			version: 1,
			inputs: [],
			outputs: [NodeConnectionTypes.Main],
			webhooks: [{ ...deliveryWebhook, path }],
			properties: callbackProperties(provider),
		},
		subtitle: SUBTITLE,
		webhookMethods: { default: callbackMethods },
		webhook: receiveWith(openAccount),
		execute: startWith(openAccount),
	};
}

function callbackProperties(provider: string): INodeProperties[] {
	return [
		{
			displayName: `To connect this trigger: publish this workflow, open <b>Webhook URLs</b> above, copy the <b>Production URL</b>, and paste it into <b>Callback URL</b> of the ${provider} node whose Waiting is "Don't Wait". Both nodes must use the same credential.`,
			name: 'notice',
			type: 'notice',
			default: '',
		},
		{
			displayName: 'Trigger On',
			name: 'events',
			type: 'multiOptions',
			options: [
				// The editor offers them in this order.
				{ name: 'Task Completed', value: 'succeeded' },
				{ name: 'Task Failed', value: 'failed' },
				{ name: 'Task Cancelled', value: 'cancelled' },
			],
			default: ['succeeded'],
			required: true,
			description: 'Which outcomes start the workflow',
		},
		optionsField(triggerOutputOptions),
	];
}

/** Nothing is registered at the provider: each task brings its own callback address. */
const callbackMethods = {
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
