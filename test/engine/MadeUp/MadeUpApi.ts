// Made Up's API key and address. The test asks for the models, which costs nothing.
import type { ICredentialTestRequest, ICredentialType, INodeProperties } from 'n8n-workflow';

import { apiKeyField, baseUrlField } from '../../../credentials/shared/fields';
import { bearer, signedWith } from '../../../credentials/shared/signing';
import { joinUrl } from '../../../providers/requests/url';

export class MadeUpApi implements ICredentialType {
	name = 'madeUpApi';

	displayName = 'Made Up API';

	properties: INodeProperties[] = [
		apiKeyField('From your Made Up account'),
		baseUrlField('https://api.madeup.example', 'a test server'),
	];

	authenticate = signedWith(bearer, joinUrl);

	test: ICredentialTestRequest = {
		request: {
			baseURL: '={{$credentials.baseUrl}}',
			url: '/models',
			sendCredentialsOnCrossOriginRedirect: false,
		},
	};
}
