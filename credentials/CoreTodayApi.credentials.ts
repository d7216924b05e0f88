// Core.Today's API key and address. The test asks for a prediction that doesn't exist: a wrong key is refused before that.
import type { ICredentialTestRequest, ICredentialType, Icon, INodeProperties } from 'n8n-workflow';

import { readKey } from '../providers/apiKey';
import { joinVersioned } from '../providers/url';
import { signedWith, textOf } from './shared/signing';

export class CoreTodayApi implements ICredentialType {
	name = 'coreTodayApi';

	displayName = 'Core.Today API';

	icon: Icon = {
		light: 'file:../nodes/CoreToday/coretoday.svg',
		dark: 'file:../nodes/CoreToday/coretoday.dark.svg',
	};

	documentationUrl = 'https://core.today';

	properties: INodeProperties[] = [
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			placeholder: 'e.g. cdt_…',
			description: 'From your Core.Today account',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: 'https://api.core.today/v1',
			description: 'Leave this as it is, unless you use a gateway or a test server',
		},
	];

	authenticate = signedWith(
		({ apiKey }) => ({ 'X-API-Key': readKey(textOf(apiKey)) }),
		joinVersioned,
	);

	/**
	 * Core.Today documents no free route that needs a key, so the test looks a prediction up that can't be there. How a
	 * missing prediction is told isn't documented either: any refusal in data passes, as the key was taken. A web page is
	 * never Core.Today's interface, so it tells of a wrong address.
	 */
	test: ICredentialTestRequest = {
		request: {
			baseURL: '={{$credentials.baseUrl}}',
			url: '/predictions/credential-test',
			// n8n takes only the Authorization header away where a redirect leads to another host.
			disableFollowRedirect: true,
			ignoreHttpStatusErrors: {
				ignore: true,
				except: [301, 302, 303, 307, 308, 401, 403, 405, 429, 500, 502, 503, 504],
			},
		},
		rules: [
			{
				type: 'responseSuccessBody',
				properties: {
					// The first character of an answer that is text.
					key: '0',
					value: '<',
					message: "This address leads to a web page, not to Core.Today's API. Check the Base URL.",
				},
			},
		],
	};
}
