// OpenAI's API key and address, or those of a compatible server. The test lists the models, which costs nothing.
import type { ICredentialType, Icon, INodeProperties } from 'n8n-workflow';

import { joinVersioned } from '../providers/requests/url';
import { apiKeyField, baseUrlField, ownPricesField } from './shared/fields';
import { bearer, customHeader, optionalHeader, signedWith } from './shared/signing';
import { testWith } from './shared/testRequest';

export class OpenAiImagesApi implements ICredentialType {
	name = 'openAiImagesApi';

	displayName = 'OpenAI Images API';

	icon: Icon = {
		light: 'file:../nodes/OpenAiImages/openaiimages.svg',
		dark: 'file:../nodes/OpenAiImages/openaiimages.dark.svg',
	};

	documentationUrl = 'https://platform.openai.com/docs/api-reference/authentication';

	properties: INodeProperties[] = [
		apiKeyField('From platform.openai.com > Settings > API keys', {
			page: 'https://platform.openai.com/api-keys',
		}),
		baseUrlField('https://api.openai.com/v1', 'a compatible server'),
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
		{
			displayName: 'Add Custom Header',
			name: 'header',
			type: 'boolean',
			default: false,
			description:
				"Whether a gateway before your server wants a header of its own, as in n8n's OpenAI credential",
		},
		{
			displayName: 'Header Name',
			name: 'headerName',
			type: 'string',
			default: '',
			placeholder: 'e.g. X-Gateway-Key',
			displayOptions: { show: { header: [true] } },
		},
		{
			displayName: 'Header Value',
			name: 'headerSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			displayOptions: { show: { header: [true] } },
		},
		ownPricesField,
	];

	authenticate = signedWith(
		(values) => ({
			...bearer(values),
			...optionalHeader('OpenAI-Organization', values.organizationId, 'Organization ID'),
			...optionalHeader('OpenAI-Project', values.projectId, 'Project ID'),
			...customHeader(values),
		}),
		joinVersioned,
	);

	test = testWith(
		{ url: '/models' },
		{
			service: 'OpenAI',
			wrongKey:
				' An Organization ID or Project ID, if you have entered any, must be those of the key.',
			own: {
				403: "The key is known, but it may not list models, so that this test can't tell more. At OpenAI, give the key the permission Models: Read, or try whether it draws.",
			},
			answerField: 'data',
		},
	);
}
