// What n8n answers to the call with which a node resumes its own execution, and which part of its address is secret.
import type { IExecuteFunctions, IWebhookFunctions } from 'n8n-workflow';

import { redactorOf } from '../../../../pipeline/session';
import {
	callAgain,
	callbackTokenOf,
	resumeUrlOf,
	runAgain,
} from '../../../../pipeline/suspend/resumption';

const WAITING = 'does not contain a waiting webhook with a matching path/method.';

test.each<[boolean, string, number, unknown]>([
	[true, 'our own webhook', 200, { message: 'Received.' }],
	[true, 'our own webhook, when something else waits', 409, { message: 'Nothing waits for this.' }],
	[true, 'n8n, when it runs', 409, { message: 'The execution "7" is running already.' }],
	[true, 'n8n, when it has ended', 409, { message: 'The execution "7 has finished already.' }],
	[true, 'n8n, when it has failed', 409, { message: 'The execution "7" has finished with error.' }],
	[true, 'n8n, when it waits elsewhere', 404, { message: `The workflow for "7" ${WAITING}` }],
	[false, 'n8n, when it is another one', 404, { message: 'The execution "7" does not exist.' }],
	[false, 'n8n, when it is another one', 401, { error: 'Invalid token' }],
	[false, 'our own webhook, with another credential', 401, { message: 'The token is wrong.' }],
	[false, 'our own webhook, in trouble', 503, { message: 'Please deliver again.' }],
	[false, 'somebody else', 200, { message: 'Hello' }],
	[false, 'somebody else', 200, '<html></html>'],
	[false, 'somebody else', 204, undefined],
	[false, 'somebody else', 403, null],
	[false, 'somebody else', 404, '<html></html>'],
	[false, 'somebody else', 409, { message: 'Conflict' }],
	[false, 'somebody else', 429, { message: 'Received.' }],
	[false, 'somebody else', 502, '<html></html>'],
])('%s: %s answers %i %j', async (isDone, _who, statusCode, body) => {
	const httpRequest = async () => ({ statusCode, headers: {}, body });
	const context = { helpers: { httpRequest } } as unknown as IWebhookFunctions;
	expect(await callAgain(context, 'http://n8n/')).toBe(isDone);
});

test('n8n out of reach has resumed nothing', async () => {
	const httpRequest = async () => await Promise.reject(new Error('ECONNREFUSED'));
	const context = { helpers: { httpRequest } } as unknown as IWebhookFunctions;
	expect(await callAgain(context, 'http://n8n/')).toBe(false);
});

const executing = (resumeUrl?: string) =>
	({
		getWorkflowDataProxy: () => ({ $execution: { resumeUrl } }),
	}) as unknown as IExecuteFunctions;

test("n8n's token is hidden in the address for callbacks, and nowhere else", () => {
	const approval = 'https://n8n.example/webhook-waiting/7?signature=0123456789abcdef';
	const context = executing(approval);
	const { text } = redactorOf([], callbackTokenOf(context));
	const callback = resumeUrlOf(context);
	expect(text(callback)).toBe('https://n8n.example/webhook-waiting/7•••');
	expect(text(`callback_url=${encodeURIComponent(callback)}&n=1`)).not.toContain('0123456789');
	// People pass this one on to whoever is to approve something.
	expect(text(approval)).toBe(approval);
});

test.each([undefined, '', 'no address', 'https://n8n.example/webhook-waiting/7'])(
	'an n8n whose address is %p has no token',
	(address) => {
		expect(callbackTokenOf(executing(address))).toEqual([]);
	},
);

test.each<[string | undefined, string]>([
	['https://n8n.example/webhook-waiting/7', 'https://n8n.example/webhook-waiting/7/imagegen'],
	['https://n8n.example/webhook-waiting/7/', 'https://n8n.example/webhook-waiting/7/imagegen'],
	[
		'https://n8n.example/n8n/webhook-waiting/7?signature=a%2Fb',
		'https://n8n.example/n8n/webhook-waiting/7/imagegen?signature=a%2Fb',
	],
	['https://n8n.example', 'https://n8n.example/imagegen'],
	['no address', ''],
	['', ''],
	[undefined, ''],
])('an execution that n8n has at %s is called back at "%s"', (address, url) => {
	expect(resumeUrlOf(executing(address))).toBe(url);
});

test('an n8n that tells nothing of executions has no address for callbacks', () => {
	const context = { getWorkflowDataProxy: () => ({}) } as unknown as IExecuteFunctions;
	expect(resumeUrlOf(context)).toBe('');
	expect(callbackTokenOf(context)).toEqual([]);
	expect(callbackTokenOf({} as unknown as IWebhookFunctions)).toEqual([]);
});

describe('a node runs again', () => {
	const items = [{ json: { sku: 1 } }];
	const webhook = (executeData?: object) => ({ executeData }) as unknown as IWebhookFunctions;

	test('on the items that it has, switched on', () => {
		const node = { name: 'EvoLink', disabled: true };
		expect(runAgain(webhook({ node, data: { main: [items, []] } }))).toEqual([items]);
		expect(node).toEqual({ name: 'EvoLink' });
	});

	test.each<[string, object | undefined]>([
		['doesn’t let it see the node', undefined],
		['has no items for it', { node: {}, data: {} }],
		['has nothing at its entry', { node: {}, data: { main: [] } }],
		['has no more than an empty place there', { node: {}, data: { main: [null] } }],
	])('not where n8n %s', (_what, executeData) => {
		expect(runAgain(webhook(executeData))).toBeUndefined();
	});
});
