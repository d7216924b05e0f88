// Core.Today's API key and address. The test asks for a place for a file, which is free.
import type { ICredentialType, Icon, INodeProperties } from 'n8n-workflow';

import { joinVersioned } from '../providers/requests/url';
import { apiKeyField, baseUrlField, ownPricesField } from './shared/fields';
import { keyIn, signedWith } from './shared/signing';
import { testWith } from './shared/testRequest';

export class CoreTodayApi implements ICredentialType {
	name = 'coreTodayApi';

	displayName = 'Core.Today API';

	icon: Icon = {
		light: 'file:../nodes/CoreToday/coretoday.svg',
		dark: 'file:../nodes/CoreToday/coretoday.dark.svg',
	};

	documentationUrl = 'https://core.today';

	properties: INodeProperties[] = [
		apiKeyField('From your Core.Today account', {
			page: 'https://core.today',
			placeholder: 'e.g. cdt_…',
		}),
		baseUrlField('https://api.core.today/v1', 'a gateway or a test server'),
		ownPricesField,
	];

	authenticate = signedWith(keyIn('X-API-Key'), joinVersioned);

	/**
	 * Core.Today documents no route that only tells of the account. A place for a file is free, and nothing is stored in it.
	 * It is answered with success for a right key only: older versions of n8n tell no refusals apart, once any may pass.
	 */
	test = testWith(
		{
			method: 'POST',
			url: '/files/upload-url',
			body: { filename: 'credential-test.png', folder: 'n8n', metadata: {} },
		},
		{ service: 'Core.Today', answerField: 'upload_url' },
	);
}
