// Limits, quotas and failures that the sandbox is told to have.
import type OpenAI from 'openai';
import { APIConnectionError, APIUserAbortError, InternalServerError, RateLimitError } from 'openai';
import { type Sandbox, startSandbox } from '../../../../sandbox';
import { until } from '../support';
import { clientOf, keyOf, refusal, SMALL } from './support';

let sandbox: Sandbox;
let client: OpenAI;

beforeAll(async () => {
	sandbox = await startSandbox();
	client = clientOf(sandbox);
});
afterAll(async () => await sandbox.close());

const request = { model: 'gpt-image-2', prompt: 'A quiet harbour', size: SMALL } as const;

describe('limits and failures', () => {
	it('tells a rate limit from a used up quota', async () => {
		const limited = clientOf(sandbox, { faults: { create: { status: 429, retryAfter: 2 } } });
		const rate = await refusal(limited.images.generate(request));
		expect(rate).toBeInstanceOf(RateLimitError);
		expect(rate.code).toBe('rate_limit_exceeded');
		expect(rate.headers?.get('retry-after')).toBe('2');
		expect(rate.headers?.get('retry-after-ms')).toBe('2000');

		const poor = clientOf(sandbox, { quota: 0.01 });
		await poor.images.generate(request);
		const quota = await refusal(poor.images.generate(request));
		expect(quota).toMatchObject({
			status: 429,
			code: 'insufficient_quota',
			type: 'insufficient_quota',
		});
		expect(quota.headers?.get('retry-after')).toBeNull();
	});

	it('lets the official client through after a retry', async () => {
		const faults = { any: { status: 503, retryAfterMs: 1, times: 1 } };
		const patient = clientOf(sandbox, { faults }, 1);
		expect((await patient.images.generate(request)).data).toHaveLength(1);
	});

	it.each([500, 502, 503])('answers %i when told to', async (status) => {
		const prompt = `A quiet harbour [sandbox: create=${status}]`;
		const error = await refusal(client.images.generate({ ...request, prompt }));
		expect(error).toBeInstanceOf(InternalServerError);
		expect(error.status).toBe(status);
	});

	it('answers HTML, cuts answers and drops connections when told to', async () => {
		const generate = async (words: string) =>
			await client.images.generate({ ...request, prompt: `A harbour [sandbox: ${words}]` });
		const html = await refusal(generate('create=502 body=html'));
		expect(html.message).toContain('<!DOCTYPE html>');
		await expect(generate('create=200 body=cut')).rejects.toThrow(/JSON/);
		await expect(generate('create=500 body=reset')).rejects.toBeInstanceOf(APIConnectionError);
	});

	it('leaves a call without an answer when told to', async () => {
		const prompt = 'A harbour [sandbox: never]';
		const patience = new AbortController();
		const pending = client.images.generate({ ...request, prompt }, { signal: patience.signal });
		const calls = () => sandbox.openai.calls(keyOf(client));
		const call = await until(() => calls().find(({ parameters }) => parameters.prompt === prompt));
		// Time in which an answer would come.
		await new Promise((resolve) => setTimeout(resolve, 200));
		patience.abort();
		await expect(pending).rejects.toBeInstanceOf(APIUserAbortError);
		expect(call).toMatchObject({ status: 0, dollars: 0 });
	});

	it('answers with the code that it is told', async () => {
		const prompt = 'A harbour [sandbox: create=503 code=engine_overloaded]';
		const error = await refusal(client.images.generate({ ...request, prompt }));
		expect(error).toMatchObject({ status: 503, code: 'engine_overloaded' });
	});

	it('refuses by a written quota', async () => {
		const prompt = 'A harbour [sandbox: quota]';
		const error = await refusal(client.images.generate({ ...request, prompt }));
		expect(error).toMatchObject({ status: 429, code: 'insufficient_quota' });
	});

	it('fails with the code that it is told', async () => {
		const prompt = 'A harbour [sandbox: fail=image_too_strange]';
		const error = await refusal(client.images.generate({ ...request, prompt }));
		expect(error).toMatchObject({ status: 400, code: 'image_too_strange' });
	});

	it('knows no other addresses', async () => {
		const error = await refusal(client.get('/no/such/thing'));
		expect(error).toMatchObject({ status: 404, type: 'invalid_request_error' });
		expect(error.message).toContain('Invalid URL (GET /openai/v1/no/such/thing)');
	});
});
