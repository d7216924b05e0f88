// Where the items of a suspended execution are called back, and when they can't be.
import type { IExecuteFunctions } from 'n8n-workflow';

import { tokenOf } from '../../../../pipeline/callbacks/callbackUrl';
import { readResumeUrl } from '../../../../pipeline/suspend/resumeUrl';
import { failureOf } from '../../providers/support';

const ACCOUNT = { apiKey: 'sk-right', baseUrl: 'https://api.evolink.ai' };
const PUBLIC = 'https://n8n.example.com/webhook-waiting/7?signature=abc';

interface Given {
	resumeUrl?: string;
	items: number;
	type: string;
	isTool: boolean;
}

const executing = ({ resumeUrl = PUBLIC, items = 1, type = 'evoLink', isTool }: Partial<Given>) =>
	({
		getWorkflowDataProxy: () => ({ $execution: { resumeUrl } }),
		getInputData: () => Array.from({ length: items }, () => ({ json: {} })),
		getNode: () => ({ type }),
		...(isTool !== undefined && { isToolExecution: () => isTool }),
	}) as unknown as IExecuteFunctions;

it('is n8n’s address of the execution, with a path and a token of ours', () => {
	expect(readResumeUrl(executing({}), ACCOUNT, 0)).toBe(
		`https://n8n.example.com/webhook-waiting/7/imagegen?signature=abc&token=${tokenOf('sk-right')}`,
	);
});

it('is none for an item that others call for', () => {
	const called = Array.from({ length: 10 }, (_, index) =>
		readResumeUrl(executing({ items: 10 }), ACCOUNT, index),
	);
	expect(called.map((url) => url !== undefined)).toEqual([
		false,
		true,
		false,
		true,
		false,
		true,
		false,
		true,
		false,
		true,
	]);
});

test.each<[string, Partial<Given>]>([
	['n8n says so', { isTool: true }],
	['its node is one', { type: 'evoLinkTool' }],
])('a tool of an agent can’t be suspended, where %s', (_what, given) => {
	expect(failureOf(() => readResumeUrl(executing(given), ACCOUNT, 0))).toEqual({
		kind: 'badInput',
		message: "An AI agent's tool can't be suspended.",
		advice: "Set Waiting to Wait for the Images or to Don't Wait.",
	});
});

test.each([
	['', 'This n8n has no address at which a suspended execution can go on.'],
	[
		'http://localhost:5678/webhook-waiting/7',
		`n8n's own address points to "localhost", which can't be reached from the internet.`,
	],
])('n8n’s address "%s" is refused, also for an item that others call for', (resumeUrl, message) => {
	const context = executing({ resumeUrl, items: 10 });
	for (const item of [0, 9]) {
		expect(failureOf(() => readResumeUrl(context, ACCOUNT, item)).message).toBe(message);
	}
});
