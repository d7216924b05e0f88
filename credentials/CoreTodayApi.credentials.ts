// Core.Today's API key and address. The test asks for a prediction that doesn't exist: a wrong key is refused before that.
import type {
	IAuthenticateGeneric,
	ICredentialTestRequest,
	ICredentialType,
	Icon,
	INodeProperties,
} from 'n8n-workflow';

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

	authenticate: IAuthenticateGeneric = {
		type: 'generic',
		properties: { headers: { 'X-API-Key': '={{$credentials.apiKey}}' } },
	};

	/** Core.Today documents no free route that needs a key, so the test looks a prediction up that can't be there. */
	test: ICredentialTestRequest = {
		request: {
			baseURL:
				'={{$credentials.baseUrl.trim().replace(/\\/+$/, "") + (/\\/v\\d+[a-z0-9]*\\/*\\s*$/i.test($credentials.baseUrl) ? "" : "/v1")}}',
			url: '/predictions/credential-test',
			ignoreHttpStatusErrors: { ignore: true, except: [401, 403, 500, 502, 503] },
		},
	};
}
