// Every credential: its test goes where the node goes, and its key is sent as it was meant.
import type { ICredentialType, IHttpRequestOptions } from 'n8n-workflow';

import { CoreTodayApi } from '../../../credentials/CoreTodayApi.credentials';
import { EvoLinkApi } from '../../../credentials/EvoLinkApi.credentials';
import { ImageChatApi } from '../../../credentials/ImageChatApi.credentials';
import { OpenAiImagesApi } from '../../../credentials/OpenAiImagesApi.credentials';
import { createChatGateway } from '../../../providers/chat';
import { createCoreToday } from '../../../providers/coretoday';
import { createEvoLink } from '../../../providers/evolink';
import { createOpenAiAccount } from '../../../providers/openai/account';

type Signed = Pick<IHttpRequestOptions, 'url' | 'baseURL' | 'headers'>;

async function sign(
	{ authenticate }: ICredentialType,
	values: Record<string, string>,
	request: IHttpRequestOptions,
): Promise<Signed> {
	if (typeof authenticate !== 'function') throw new Error('A function must sign.');
	return await authenticate(values, request);
}

/** What a credential's test asks for, as n8n fills it in. */
async function tested(credential: ICredentialType, baseUrl: string): Promise<Signed> {
	const { request } = credential.test as { request: IHttpRequestOptions };
	expect(request.baseURL).toBe('={{$credentials.baseUrl}}');
	return await sign(credential, { apiKey: 'sk-1', baseUrl }, { ...request, baseURL: baseUrl });
}

const CREDENTIALS: Array<[string, ICredentialType, (baseUrl: string) => string]> = [
	[
		'Core.Today',
		new CoreTodayApi(),
		(baseUrl) => createCoreToday(baseUrl, 'storage').upload.request({ label: 'a.png' }).url,
	],
	[
		'EvoLink',
		new EvoLinkApi(),
		(baseUrl) => createEvoLink({ baseUrl, filesBaseUrl: baseUrl }).balance().url,
	],
	['Image Chat', new ImageChatApi(), (baseUrl) => createChatGateway(baseUrl).models().url],
	['OpenAI Images', new OpenAiImagesApi(), (baseUrl) => createOpenAiAccount(baseUrl).models().url],
];

const BASES = [
	'https://gw.test',
	'https://gw.test/',
	' https://gw.test/v1// ',
	'https://gw.test/V1',
	'https://gw.test/v1beta/openai',
	'https://gw.test/api/paas/v4/',
	'https://gw.test/team/openai',
	'https://gw.test/v1/chat/completions',
	'https://gw.test/chat/completions',
	'https://gw.test/v1/images/generations/',
	'https://gw.test/v1/predictions',
	'https://gw.test/v1/credits',
	'https://gw.test/v1/models?',
	'https://v1/',
];

const REFUSED = [
	'',
	'gw.test',
	'https://gw.test?x=1',
	'https://gw.test/v1#a',
	'https://me:you@gw.test/v1',
];

describe.each(CREDENTIALS)('%s', (_name, credential, urlOf) => {
	test.each(BASES)('the test goes where the node goes: %s', async (baseUrl) => {
		const { url, baseURL } = await tested(credential, baseUrl);
		expect(url).toBe(urlOf(baseUrl));
		expect(baseURL).toBeUndefined();
	});

	test.each(REFUSED)('the test refuses what the node refuses: %j', async (baseUrl) => {
		const message = messageOf(() => urlOf(baseUrl));
		await expect(tested(credential, baseUrl)).rejects.toThrow(message);
	});

	test('a request of the node keeps its address and its headers', async () => {
		const request = { url: 'https://gw.test/v1/x', headers: { Accept: 'a/b' } };
		expect(await sign(credential, { apiKey: 'sk-1' }, request)).toMatchObject(request);
	});

	test.each([
		['Bearer sk-1\n', 'sk-1'],
		['"sk-1"', 'sk-1'],
	])('the key %j is sent as %s', async (apiKey, sent) => {
		const { headers } = await sign(credential, { apiKey }, { url: 'https://gw.test' });
		expect(Object.values(headers!)).toEqual([
			expect.stringMatching(new RegExp(`^(Bearer )?${sent}$`)),
		]);
	});

	test.each([
		['', 'The API Key is empty'],
		['sk-1 2', 'The API Key holds a space'],
	])('the key %j is told', async (apiKey, message) => {
		await expect(sign(credential, { apiKey }, { url: 'https://gw.test' })).rejects.toThrow(message);
	});
});

test('Organization and Project are headers that are missing when they are empty', async () => {
	const headersWith = async (organizationId: string, projectId: string) =>
		(
			await sign(
				new OpenAiImagesApi(),
				{ apiKey: 'sk-1', organizationId, projectId },
				{ url: 'https://gw.test' },
			)
		).headers;
	expect(await headersWith('', ' \n')).toEqual({ Authorization: 'Bearer sk-1' });
	expect(await headersWith(' org-1\n', '"proj_1"')).toEqual({
		Authorization: 'Bearer sk-1',
		'OpenAI-Organization': 'org-1',
		'OpenAI-Project': 'proj_1',
	});
	await expect(headersWith('org 1', '')).rejects.toThrow('The Organization ID holds a space');
});

function messageOf(action: () => unknown): string {
	try {
		action();
	} catch (error) {
		return (error as Error).message;
	}
	throw new Error('It must be refused.');
}
