// The API key and address of an OpenAI-compatible gateway. The test lists the models, which costs nothing.
import type { ICredentialType, Icon, INodeProperties } from 'n8n-workflow';

import { joinVersioned } from '../providers/requests/url';
import { apiKeyField, ownPricesField } from './shared/fields';
import { bearer, signedWith } from './shared/signing';
import { testWith } from './shared/testRequest';

export class ImageChatApi implements ICredentialType {
	name = 'imageChatApi';

	displayName = 'Image Chat API';

	icon: Icon = {
		light: 'file:../nodes/ImageChat/imagechat.svg',
		dark: 'file:../nodes/ImageChat/imagechat.dark.svg',
	};

	documentationUrl = 'https://www.npmjs.com/package/n8n-nodes-imagegen';

	properties: INodeProperties[] = [
		apiKeyField('From your account at the gateway'),
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. https://gateway.example.com/v1',
			description: 'The address that your gateway names for OpenAI-compatible programs',
		},
		ownPricesField,
	];

	authenticate = signedWith(bearer, joinVersioned);

	test = testWith(
		{ url: '/models' },
		{
			service: 'an OpenAI-compatible gateway',
			own: {
				401: "The key is wrong: the gateway doesn't know it. Copy the whole key again and paste it.",
				403: "The key is known, but it may not list models, so that this test can't tell more. It may draw all the same: try it.",
				404: 'This address has no list of models: check the Base URL, with or without /v1 at its end. A few gateways have no such list and draw all the same: try it.',
			},
		},
	);
}
