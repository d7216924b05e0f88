// The Made Up Trigger node: starts a workflow when Made Up reports that a task has ended.
import type { INodeType, INodeTypeDescription } from 'n8n-workflow';

import {
	callbackMethods,
	callbackTrigger,
	eventsSubtitle,
} from '../../../nodes/shared/webhooks/callbackTrigger';
import { receiveWith, startWith } from '../../../nodes/shared/webhooks/receiveCallback';
import { openAccount } from './session';

export class MadeUpTrigger implements INodeType {
	description: INodeTypeDescription = {
		...callbackTrigger('Made Up', 'madeup'),
		displayName: 'Made Up Trigger',
		name: 'madeUpTrigger',
		subtitle: eventsSubtitle,
		description: 'Starts the workflow when Made Up has finished an image task',
		defaults: { name: 'Made Up Trigger' },
		credentials: [{ name: 'madeUpApi', required: true }],
	};

	webhookMethods = { default: callbackMethods };

	webhook = receiveWith(openAccount);

	execute = startWith(openAccount);
}
