// The fal Trigger node: starts a workflow when fal reports that a task has ended.
import type { INodeType, INodeTypeDescription } from 'n8n-workflow';

import {
	callbackMethods,
	callbackTrigger,
	eventsSubtitle,
} from '../shared/webhooks/callbackTrigger';
import { receiveWith, startWith } from '../shared/webhooks/receiveCallback';
import { openAccount } from './session';

export class FalTrigger implements INodeType {
	description: INodeTypeDescription = {
		...callbackTrigger('fal', 'fal'),
		displayName: 'fal Trigger',
		name: 'falTrigger',
		icon: { light: 'file:fal.svg', dark: 'file:fal.dark.svg' },
		subtitle: eventsSubtitle,
		// n8n shows it in lists of nodes in place of the action node's.
		description:
			'Generate and edit images with any model at fal, and start workflows when they are ready',
		defaults: { name: 'fal Trigger' },
		credentials: [{ name: 'falApi', required: true }],
	};

	webhookMethods = { default: callbackMethods };

	webhook = receiveWith(openAccount);

	execute = startWith(openAccount);
}
