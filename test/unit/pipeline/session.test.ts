// The door to the pipeline: what is opened for an execution, how its provider is asked, and what leaves the node.
import type { IExecuteFunctions } from 'n8n-workflow';

import { realClock } from '../../../pipeline/clock';
import { failureIn } from '../../../pipeline/result';
import {
	ask,
	askForTask,
	connect,
	itemsWithoutSecrets,
	outgoing,
	redactorOf,
} from '../../../pipeline/session';
import { done, evoLink, told } from './evoLinkTasks';
import { otherEnd, type Told } from './otherEnd';
import { createVirtualClock } from './virtualClock';

const KEY = 'sk-a-secret';

function open(tell: Told) {
	const clock = createVirtualClock();
	const { context, asked } = otherEnd(clock, (one) =>
		tell instanceof Error || tell === 'never' || tell.body ? tell : told(one, done),
	);
	return { connection: connect(context, 'evoLinkApi', evoLink, [KEY], clock), asked, clock };
}

describe('a connection', () => {
	const { signal } = new AbortController();
	const context = { getExecutionCancelSignal: () => signal } as unknown as IExecuteFunctions;

	it('is that of the execution, with its own end', () => {
		expect(connect(context, 'evoLinkApi', evoLink, [KEY])).toMatchObject({
			context,
			credentialType: 'evoLinkApi',
			provider: evoLink,
			clock: realClock,
			signal,
		});
	});

	it('hides the credential’s secrets, and n8n’s token in the address for callbacks', () => {
		const resumeUrl = 'https://n8n.example.com/webhook-waiting/7?signature=0123456789abcdef';
		const suspendable = {
			...context,
			getWorkflowDataProxy: () => ({ $execution: { resumeUrl } }),
		} as unknown as IExecuteFunctions;
		const { redact } = connect(suspendable, 'evoLinkApi', evoLink, [KEY]);
		expect(redact.text(`${KEY} at /imagegen?signature=0123456789abcdef`)).toBe('••• at •••');
	});

	it('hides a key at which a text is cut that came in the place of a picture', async () => {
		const { pictures } = connect(context, 'evoLinkApi', evoLink, [KEY]);
		const reference = await pictures.takeWhole(Buffer.from(`${'no '.repeat(31)}${KEY}`));
		expect(pictures.find(reference)).toMatchObject({
			message: expect.stringMatching(/no •••\.$/),
		});
	});
});

describe('hidden is', () => {
	test.each<[string, string[], string[], string, string]>([
		['a key as it is kept', [` Bearer ${KEY} `], [], ` Bearer ${KEY} `, ' ••• '],
		['a key as it is sent', [` Bearer ${KEY} `], [], `the key ${KEY}`, 'the key •••'],
		[
			'the secret half of a key',
			['0123abcd-id:0123456789abcdef'],
			[],
			'wrong: 0123456789abcdef or MDEyMzQ1Njc4OWFiY2RlZg==',
			'wrong: ••• or •••g==',
		],
		['the same of a key in quotes', ['"id:0123456789abcdef"'], [], 'no 0123456789abcdef', 'no •••'],
		['no short half', ['0123abcd-id:wrong'], [], 'wrong: 0123abcd-id', 'wrong: 0123abcd-id'],
		[
			'what stands behind a scheme',
			['Token abcdef0123456789'],
			[],
			'no abcdef0123456789',
			'no •••',
		],
		['no short word behind it', ['Token wrong'], [], 'a wrong one', 'a wrong one'],
		['a login', ['Basic dXNlcjpwYTU1d29yZDk5'], [], 'no user:pa55word99', 'no •••'],
		['a password', ['Basic dTphYmNkZWYwMTIzNDU2Nzg5'], [], 'no abcdef0123456789', 'no •••'],
		['another token', [], ['/imagegen?signature=abc'], 'at /imagegen?signature=abc', 'at •••'],
		['nothing for an empty field', ['', KEY], [], `a b ${KEY}`, 'a b •••'],
	])('%s', (_what, secrets, tokens, given, shown) => {
		expect(redactorOf(secrets, tokens).text(given)).toBe(shown);
	});
});

describe('a provider is asked', () => {
	it('and its answer is answered', async () => {
		const { connection, clock } = open({ body: { credits: 7 } });
		const request = { method: 'GET' as const, url: 'http://127.0.0.1/v1/any', idempotent: true };
		expect(await clock.until(ask(connection, request))).toMatchObject({
			ok: true,
			value: { status: 200, body: { credits: 7 } },
		});
	});

	it('as often as it may be', async () => {
		const { connection, asked, clock } = open({ statusCode: 500, body: {} });
		const request = { method: 'GET' as const, url: 'http://127.0.0.1/v1/any', idempotent: true };
		await clock.until(ask(connection, request, { retry: false }));
		expect(asked).toHaveLength(1);
		await clock.until(ask(connection, request));
		expect(asked).toHaveLength(1 + 5);
	});

	it('for one task, which is told with its ID', async () => {
		const { connection, asked, clock } = open({});
		expect(await clock.until(askForTask(connection, 'task-1'))).toMatchObject({
			ok: true,
			value: { id: 'task-1', status: 'succeeded' },
		});
		expect(asked.map(({ url }) => url)).toEqual(['http://127.0.0.1/v1/tasks/task-1']);
	});
});

describe('what leaves the node', () => {
	const redact = redactorOf([KEY]);
	const picture = (fileName: string) => ({
		json: { fileName, note: `by ${KEY}` },
		binary: { data: { data: '', mimeType: 'image/png', fileName } },
	});

	it('has no secrets, and no two pictures of the same name', () => {
		const items = outgoing(redact, [picture('fox.png'), picture('fox.png')]);
		expect(items.map(({ json }) => json)).toEqual([
			{ fileName: 'fox.png', note: 'by •••' },
			{ fileName: 'fox-2.png', note: 'by •••' },
		]);
		expect(items.map(({ binary }) => binary!.data!.fileName)).toEqual(['fox.png', 'fox-2.png']);
	});

	it('is that of the work', async () => {
		const items = await itemsWithoutSecrets(redact, async () => [picture('fox.png')]);
		expect(items).toEqual(outgoing(redact, [picture('fox.png')]));
	});

	it('is an error without secrets where the work fails', async () => {
		const error = new Error(`Refused: ${KEY}`);
		const work = itemsWithoutSecrets(redact, async () => await Promise.reject(error));
		await expect(work).rejects.toBe(error);
		expect([error.message, failureIn(error)]).toEqual(['Refused: •••', undefined]);
	});
});
