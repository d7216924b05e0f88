// OpenAI's API key and address, or those of a compatible server. The test lists the models, which costs nothing.
import type { ICredentialTestRequest, ICredentialType, Icon, INodeProperties } from 'n8n-workflow';

import { joinVersioned } from '../providers/url';
import { bearer, optionalHeader, signedWith } from './shared/signing';

export class OpenAiImagesApi implements ICredentialType {
	name = 'openAiImagesApi';

	displayName = 'OpenAI Images API';

	icon: Icon = {
		light: 'file:../nodes/OpenAiImages/openaiimages.svg',
		dark: 'file:../nodes/OpenAiImages/openaiimages.dark.svg',
	};

	documentationUrl = 'https://platform.openai.com/docs/api-reference/authentication';

	properties: INodeProperties[] = [
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description: 'From platform.openai.com > Settings > API keys',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: 'https://api.openai.com/v1',
			description: 'Leave this as it is, unless you use a compatible server',
		},
		{
			displayName: 'Organization ID',
			name: 'organizationId',
			type: 'string',
			default: '',
			placeholder: 'e.g. org-…',
			description: 'Only if your key belongs to several organizations',
		},
		{
			displayName: 'Project ID',
			name: 'projectId',
			type: 'string',
			default: '',
			placeholder: 'e.g. proj_…',
			description: 'Only if your key belongs to several projects',
		},
		{
			displayName: 'Webhook Signing Secret',
			name: 'webhookSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			placeholder: 'e.g. whsec_…',
			description:
				'Only for an OpenAI Images Trigger whose webhook endpoint you have made by hand at OpenAI',
		},
	];

	authenticate = signedWith(
		(values) => ({
			...bearer(values),
			...optionalHeader('OpenAI-Organization', values.organizationId, 'Organization ID'),
			...optionalHeader('OpenAI-Project', values.projectId, 'Project ID'),
		}),
		joinVersioned,
	);

	test: ICredentialTestRequest = {
		request: {
			baseURL: '={{$credentials.baseUrl}}',
			url: '/models',
			sendCredentialsOnCrossOriginRedirect: false,
		},
	};
}
