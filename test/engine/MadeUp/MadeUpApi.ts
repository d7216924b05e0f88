// Made Up's API key and address. The test asks for the models, which costs nothing.
import type { ICredentialType, INodeProperties } from 'n8n-workflow';

import { apiKeyField, baseUrlField } from '../../../credentials/shared/fields';
import { bearer, signedWith } from '../../../credentials/shared/signing';
import { testWith } from '../../../credentials/shared/testRequest';
import { joinUrl } from '../../../providers/requests/url';

export class MadeUpApi implements ICredentialType {
	name = 'madeUpApi';

	displayName = 'Made Up API';

	properties: INodeProperties[] = [
		apiKeyField('From your Made Up account'),
		baseUrlField('https://api.madeup.example', 'a test server'),
	];

	authenticate = signedWith(bearer, joinUrl);

	test = testWith({ url: '/models' }, { service: 'Made Up', answerField: 'models' });
}
