// EvoLink's API key and addresses. The test asks for the balance, which costs nothing.
import type { ICredentialTestRequest, ICredentialType, Icon, INodeProperties } from 'n8n-workflow';

import { joinUrl } from '../providers/url';
import { bearer, signedWith } from './shared/signing';

export class EvoLinkApi implements ICredentialType {
	name = 'evoLinkApi';

	displayName = 'EvoLink API';

	icon: Icon = {
		light: 'file:../nodes/EvoLink/evolink.svg',
		dark: 'file:../nodes/EvoLink/evolink.dark.svg',
	};

	documentationUrl = 'https://docs.evolink.ai';

	properties: INodeProperties[] = [
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description: 'From the API Keys page of your EvoLink account',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: 'https://api.evolink.ai',
			description: 'Leave this as it is, unless you use a gateway or a test server',
		},
		{
			displayName: 'Files Base URL',
			name: 'filesBaseUrl',
			type: 'string',
			default: 'https://files-api.evolink.ai',
			description: 'Where files are uploaded. Leave this as it is, unless you use a test server.',
		},
	];

	authenticate = signedWith(bearer, joinUrl);

	test: ICredentialTestRequest = {
		request: {
			baseURL: '={{$credentials.baseUrl}}',
			url: '/v1/credits',
			sendCredentialsOnCrossOriginRedirect: false,
		},
	};
}
