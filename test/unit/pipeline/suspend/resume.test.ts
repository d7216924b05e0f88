// What a callback is answered and what n8n goes on with then. What a node writes into n8n's log when it ends in an error: no
// key, and no token of either side.
import type { IWebhookFunctions } from 'n8n-workflow';

import { resume, resumeWebhooks, type ResumedAccount } from '../../../../pipeline/suspend/resume';
import { tokenOf } from '../../../../pipeline/callbacks/callbackUrl';
import { connect } from '../../../../pipeline/session';
import type { Suspension } from '../../../../pipeline/suspend/suspension';
import { createEvoLink } from '../../../../providers/evolink';
import { done, evoLink, running } from '../evoLinkTasks';
import { otherEnd } from '../otherEnd';
import { createVirtualClock } from '../virtualClock';

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

describe('a callback', () => {
	const RIGHT = { token: tokenOf(KEY) };
	const suspension: Suspension = {
		id: 'given below',
		origin: '',
		items: [{ taskIds: ['task-1'], callsBack: true }],
		continueOnFail: false,
		version: 1,
		startedAt: 0,
		resumeUrl: 'https://n8n.example.com/webhook-waiting/7/imagegen?signature=abc',
	};
	let count = 0;

	interface Called {
		query: object;
		/** What n8n's memory of the node holds. */
		saved: unknown;
		task: object;
		/** Milliseconds until the provider tells the task. */
		after: number;
		/** What n8n answers when it is called anew. */
		anew: { statusCode: number; body: unknown };
	}

	/** Calls n8n back, and says what it answered, what it goes on with and whom it called itself. */
	async function called(given: Partial<Called>) {
		const saved = JSON.stringify({ ...suspension, id: `called-${count++}` });
		const clock = createVirtualClock();
		const { context } = otherEnd(clock, () => ({
			body: given.task ?? done('task-1'),
			after: given.after,
		}));
		const answered: unknown[] = [];
		const calls: unknown[] = [];
		const logged: unknown[] = [];
		const expressions: string[] = [];
		const response = {
			headersSent: false,
			status: (code: number) => {
				answered.push(code);
				return response;
			},
			json: (body: object) => {
				answered.push(body);
				response.headersSent = true;
				return response;
			},
		};
		const node = { disabled: true };
		const httpRequest = async ({ url }: { url: string }) => {
			calls.push(url);
			return {
				headers: {},
				...(given.anew ?? { statusCode: 200, body: { message: 'Received.' } }),
			};
		};
		const webhook = Object.assign(context, {
			helpers: { ...context.helpers, httpRequest },
			logger: { error: (...entries: unknown[]) => logged.push(...entries) },
			getQueryData: () => given.query ?? RIGHT,
			getResponseObject: () => response,
			getNode: () => ({ name: 'EvoLink {1}' }),
			evaluateExpression: (expression: string) => {
				expressions.push(expression);
				return 'saved' in given ? given.saved : saved;
			},
			executeData: { node, data: { main: [[{ json: { sku: 1 } }]] } },
		}) as unknown as IWebhookFunctions;
		const connection = connect(webhook, 'evoLinkApi', evoLink, [KEY], clock);
		const outcome = await clock.until(resume(webhook, async () => ({ connection, apiKey: KEY })));
		if (!outcome.ok) throw outcome.error;
		return { outcome: outcome.value, answered, calls, logged, expressions, node };
	}

	const WAITS_ON = { noWebhookResponse: true, workflowData: undefined };
	const GOES_ON = { noWebhookResponse: true, workflowData: [[{ json: { sku: 1 } }]] };

	test('lets the node run again on its items when its tasks have ended', async () => {
		const { outcome, answered, calls, logged, expressions, node } = await called({});
		expect(outcome).toEqual(GOES_ON);
		expect(answered).toEqual([200, { message: 'Received.' }]);
		expect(node).toEqual({});
		expect([calls, logged]).toEqual([[], []]);
		expect(expressions).toEqual(['{{ $node["EvoLink \\u007b1\\u007d"].context.suspension }}']);
	});

	test('lets n8n wait on while a task is open', async () => {
		const { outcome, answered, calls } = await called({ task: running('task-1') });
		expect([outcome, answered, calls]).toEqual([WAITS_ON, [200, { message: 'Received.' }], []]);
	});

	test.each<[string, Partial<Called>, number, string]>([
		['without a token', { query: {} }, 401, 'The token is missing or wrong.'],
		['with another token', { query: { token: 'x' } }, 401, 'The token is missing or wrong.'],
		['for which nothing waits', { saved: undefined }, 409, 'Nothing waits for this.'],
		[
			'for what another version has kept',
			{ saved: '{"version":2}' },
			409,
			'Nothing waits for this.',
		],
	])('%s is refused', async (_what, given, status, message) => {
		const { outcome, answered, logged } = await called(given);
		expect([outcome, answered, logged]).toEqual([WAITS_ON, [status, { message }], []]);
	});

	describe('that took so long that n8n may know better by now', () => {
		const URL_CALLED = `${suspension.resumeUrl}&token=${tokenOf(KEY)}`;

		test('calls n8n anew, and leaves the rest to that call', async () => {
			const { outcome, calls } = await called({ after: 900 });
			expect([outcome, calls]).toEqual([WAITS_ON, [URL_CALLED]]);
		});

		test('goes on by itself where n8n can’t be called', async () => {
			const { outcome, calls } = await called({
				after: 900,
				anew: { statusCode: 502, body: '<html></html>' },
			});
			expect([outcome, calls]).toEqual([GOES_ON, [URL_CALLED]]);
		});
	});

	test('in trouble is asked for again, unless it was answered', async () => {
		const unread = await called({ saved: '{' });
		expect(unread.answered).toEqual([503, { message: 'Please deliver again.' }]);
		expect(unread.outcome).toEqual({ noWebhookResponse: true });
		expect(unread.logged).toHaveLength(2);
		const broken = await called({ saved: '{"version":1,"items":[null]}' });
		expect(broken.answered).toEqual([200, { message: 'Received.' }]);
		expect(broken.outcome).toEqual({ noWebhookResponse: true });
	});
});

test('n8n opens an address of our own while it waits, and answers nothing by itself', () => {
	expect(resumeWebhooks).toEqual([
		{
			name: 'default',
			httpMethod: 'POST',
			responseMode: 'onReceived',
			path: 'imagegen',
			isFullPath: true,
			restartWebhook: true,
		},
	]);
});
