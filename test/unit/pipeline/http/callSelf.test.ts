// A call to n8n itself: once, with nobody's key, and whatever comes back is told.
import type { IHttpRequestOptions, IWebhookFunctions } from 'n8n-workflow';

import { callSelf } from '../../../../pipeline/http/callSelf';

/** n8n's helper as it answers, and what it is asked for. */
function openHelper(answer: () => Promise<unknown>) {
	const asked: IHttpRequestOptions[] = [];
	const httpRequest = async (options: IHttpRequestOptions) => {
		asked.push(options);
		return await answer();
	};
	return { context: { helpers: { httpRequest } } as unknown as IWebhookFunctions, asked };
}

test('it goes out once and unsigned, and an answer of an error is an answer', async () => {
	const answer = { statusCode: 503, headers: {}, body: { message: 'Not now.' } };
	const { context, asked } = openHelper(async () => answer);
	expect(await callSelf(context, 'https://n8n.example.com/webhook-waiting/1')).toEqual({
		ok: true,
		value: answer,
	});
	expect(asked).toEqual([
		{
			method: 'POST',
			url: 'https://n8n.example.com/webhook-waiting/1',
			body: {},
			json: true,
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
			timeout: 10_000,
		},
	]);
});

test('one that gets no answer tells why, and throws nothing', async () => {
	const error = new Error('connect ECONNREFUSED');
	const { context, asked } = openHelper(async () => await Promise.reject(error));
	expect(await callSelf(context, 'https://n8n.example.com/')).toEqual({ ok: false, error });
	expect(asked).toHaveLength(1);
});
