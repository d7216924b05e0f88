// What a node writes into n8n's log when a callback ends in an error: no key, and no token of either side.
import type { IWebhookFunctions } from 'n8n-workflow';

import { resume, type ResumedAccount } from '../../../../pipeline/suspend/resume';
import { tokenOf } from '../../../../pipeline/callbacks/callbackUrl';
import { connect } from '../../../../pipeline/session';
import { createEvoLink } from '../../../../providers/evolink';

const KEY = 'sk-a-key-that-nobody-may-see';
/** Of n8n. */
const SIGNATURE = '0123456789abcdef';
const SECRETS = [KEY, tokenOf(KEY), SIGNATURE];
const TROUBLE = `Lost at /webhook-waiting/7/imagegen?signature=${SIGNATURE}&token=${tokenOf(KEY)}`;

/** n8n, in which reading the execution fails. */
function fakeN8n() {
	const logged: unknown[] = [];
	const response = {
		headersSent: false,
		status: () => response,
		json: () => response,
	};
	const context = {
		logger: { error: (...entries: unknown[]) => logged.push(...entries) },
		getQueryData: () => ({ signature: SIGNATURE, token: tokenOf(KEY) }),
		getResponseObject: () => response,
		getNode: () => ({ name: 'EvoLink' }),
		evaluateExpression: () => {
			throw new Error(`${TROUBLE} with ${KEY}`, { cause: new Error(TROUBLE) });
		},
	} as unknown as IWebhookFunctions;
	return { context, logged };
}

const written = (entries: unknown[]) =>
	entries
		.map((entry) =>
			entry instanceof Error
				? `${entry.message} ${entry.stack} ${JSON.stringify(entry)}`
				: JSON.stringify(entry, (_name, value: unknown) =>
						value instanceof Error
							? { text: `${value.message} ${value.stack} ${String(value.cause)}` }
							: value,
					),
		)
		.join('\n');

const account = (context: IWebhookFunctions): ResumedAccount => {
	const provider = createEvoLink({ baseUrl: 'http://127.0.0.1', filesBaseUrl: 'http://127.0.0.1' });
	return { connection: connect(context, 'evoLinkApi', provider, [KEY]), apiKey: KEY };
};

test('the account and the tokens are hidden', async () => {
	const { context, logged } = fakeN8n();
	await expect(resume(context, async () => account(context))).resolves.toEqual({
		noWebhookResponse: true,
	});
	expect(written(logged)).toContain('Lost at /webhook-waiting/7/imagegen?signature=•••');
	for (const secret of SECRETS) expect(written(logged)).not.toContain(secret);
});

test('the tokens are hidden when the account could not be opened', async () => {
	const { context, logged } = fakeN8n();
	const openAccount = async () => await Promise.reject(new Error(TROUBLE));
	await resume(context, openAccount);
	expect(written(logged)).toContain('Lost at');
	for (const secret of SECRETS) expect(written(logged)).not.toContain(secret);
});
