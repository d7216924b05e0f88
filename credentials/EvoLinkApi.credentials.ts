// EvoLink's API key and addresses. The test asks for the balance, which costs nothing.
import type { ICredentialType, Icon, INodeProperties } from 'n8n-workflow';

import { joinUrl } from '../providers/requests/url';
import { apiKeyField, baseUrlField, filesBaseUrlField, ownPricesField } from './shared/fields';
import { bearer, signedWith } from './shared/signing';
import { testWith } from './shared/testRequest';

export class EvoLinkApi implements ICredentialType {
	name = 'evoLinkApi';

	displayName = 'EvoLink API';

	icon: Icon = {
		light: 'file:../nodes/EvoLink/evolink.svg',
		dark: 'file:../nodes/EvoLink/evolink.dark.svg',
	};

	documentationUrl = 'https://docs.evolink.ai';

	properties: INodeProperties[] = [
		apiKeyField('From the API Keys page of your EvoLink account', {
			page: 'https://evolink.ai/dashboard/keys',
		}),
		baseUrlField('https://api.evolink.ai', 'a gateway or a test server'),
		filesBaseUrlField('https://files-api.evolink.ai'),
		ownPricesField,
	];

	authenticate = signedWith(bearer, joinUrl, { filesBaseUrl: 'Files Base URL' });

	test = testWith({ url: '/v1/credits' }, { service: 'EvoLink', answerField: 'data' });
}
