// The API key and address of an OpenAI-compatible gateway. The test lists the models, which costs nothing.
import type {
	IAuthenticateGeneric,
	ICredentialTestRequest,
	ICredentialType,
	Icon,
	INodeProperties,
} from 'n8n-workflow';

import { NAMED_VERSION } from '../providers/url';

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

	authenticate: IAuthenticateGeneric = {
		type: 'generic',
		properties: { headers: { Authorization: '=Bearer {{$credentials.apiKey}}' } },
	};

	test: ICredentialTestRequest = {
		request: {
			baseURL: `={{$credentials.baseUrl.trim().replace(/\\/+$/, "") + (${String(NAMED_VERSION)}.test($credentials.baseUrl) ? "" : "/v1")}}`,
			url: '/models',
			sendCredentialsOnCrossOriginRedirect: false,
		},
	};
}
