// The Made Up Trigger node: starts a workflow when Made Up reports that a task has ended.
import type { INodeType, INodeTypeDescription } from 'n8n-workflow';

import { callbackTrigger } from '../../../nodes/shared/webhooks/callbackTrigger';
import { openAccount } from './session';

const trigger = callbackTrigger('Made Up', 'madeup', openAccount);

export class MadeUpTrigger implements INodeType {
	description: INodeTypeDescription = {
		...trigger.description,
		displayName: 'Made Up Trigger',
		name: 'madeUpTrigger',
		subtitle: trigger.subtitle,
		description: 'Starts the workflow when Made Up has finished an image task',
		defaults: { name: 'Made Up Trigger' },
		credentials: [{ name: 'madeUpApi', required: true }],
	};

	webhookMethods = trigger.webhookMethods;

	webhook = trigger.webhook;

	execute = trigger.execute;
}
