// fal's API key and addresses. The test cancels a request that nobody has made, which costs nothing and is refused to a wrong key.
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
		joinUrl,
		{ filesBaseUrl: 'Files Base URL', apiBaseUrl: CATALOGUE },
	);

	/**
	 * Of the servers it asks the one that makes the images. Whoever has the right key is told with HTTP 404 that there is no
	 * such request, in fal's own form: a status that is a text, of which a character stands that far behind in no other
	 * server's "error" or "fail".
	 */
	test = testWith(
		{ method: 'PUT', url: '/fal-ai/flux/requests/00000000-0000-4000-8000-000000000000/cancel' },
		{
			service: 'fal',
			own: {
				403: 'The key is known, but fal refuses it: either its account has no credit left, which you can add at fal.ai/dashboard/billing, or it may not do everything. In that case it may draw all the same: try it.',
			},
			answerField: 'status.8',
			rightStatus: 404,
			wrongKeyBody: { key: 'detail', value: 'No user found for Key ID and Secret' },
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
