// fal's API key and addresses. The test asks for a price, which costs nothing and is refused to a wrong key.
import type { ICredentialType, Icon, INodeProperties } from 'n8n-workflow';

import { badInput } from '../providers/failure';
import { joinUrl } from '../providers/requests/url';
import {
	apiKeyField,
	baseUrlField,
	filesBaseUrlField,
	otherServerField,
	ownPricesField,
} from './shared/fields';
import { keyIn, signedWith } from './shared/signing';
import { testWith } from './shared/testRequest';

/** It is what the test asks. */
const CATALOGUE = 'Catalogue Base URL';

export class FalApi implements ICredentialType {
	name = 'falApi';

	displayName = 'Fal API';

	icon: Icon = { light: 'file:../nodes/Fal/fal.svg', dark: 'file:../nodes/Fal/fal.dark.svg' };

	documentationUrl = 'https://docs.fal.ai';

	properties: INodeProperties[] = [
		apiKeyField('From the API Keys page of your fal account, both parts with the colon', {
			page: 'https://fal.ai/dashboard/keys',
			placeholder: 'e.g. 1a2b3c4d-…:5e6f…',
		}),
		baseUrlField('https://queue.fal.run', 'a gateway or a test server'),
		filesBaseUrlField('https://rest.fal.ai'),
		otherServerField(
			CATALOGUE,
			'apiBaseUrl',
			'https://api.fal.ai/v1',
			"Where fal's models, their prices and your balance are asked for",
		),
		ownPricesField,
	];

	authenticate = signedWith(
		keyIn('Authorization', (key) => `Key ${whole(key)}`),
		(baseUrl, path) => joinUrl(baseUrl, path, CATALOGUE),
		{ baseUrl: 'Base URL', filesBaseUrl: 'Files Base URL' },
	);

	test = testWith(
		{
			baseURL: '={{$credentials.apiBaseUrl}}',
			url: '/models/pricing?endpoint_id=fal-ai/flux/schnell',
		},
		{
			service: 'fal',
			own: {
				403: 'The key is known, but fal refuses it: either its account has no credit left, which you can add at fal.ai/dashboard/billing, or it may not read prices. In that case it may draw all the same: try it.',
			},
			answerField: 'prices',
		},
	);
}

/** The message alone says what to do, as n8n's test of a credential shows nothing else. */
function whole(key: string): string {
	if (/^[^:]+:[^:]+$/.test(key)) return key;
	throw badInput(
		'The key is wrong: a key of fal has two parts with a colon between them. Copy the whole key again and paste it.',
		'Open the credential and correct it. Make a new key at fal.ai/dashboard/keys if the second part is lost.',
	);
}
