// The API key and address of an OpenAI-compatible gateway. The test lists the models, which costs nothing.
import type { ICredentialTestRequest, ICredentialType, Icon, INodeProperties } from 'n8n-workflow';

import { joinVersioned } from '../providers/url';
import { bearer, signedWith } from './shared/signing';

export class ImageChatApi implements ICredentialType {
	name = 'imageChatApi';

	displayName = 'Image Chat API';

	icon: Icon = {
		light: 'file:../nodes/ImageChat/imagechat.svg',
		dark: 'file:../nodes/ImageChat/imagechat.dark.svg',
	};

	documentationUrl = 'https://www.npmjs.com/package/n8n-nodes-imagegen';

	properties: INodeProperties[] = [
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description: 'From your account at the gateway',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. https://gateway.example.com/v1',
			description: 'The address that your gateway names for OpenAI-compatible programs',
		},
	];

	authenticate = signedWith(bearer, joinVersioned);

	test: ICredentialTestRequest = {
		request: {
			baseURL: '={{$credentials.baseUrl}}',
			url: '/models',
			sendCredentialsOnCrossOriginRedirect: false,
		},
	};
}
