// Lets a suspended node run again, and says where it is called back.
import type {
	IExecuteData,
	IExecuteFunctions,
	IN8nHttpFullResponse,
	INodeExecutionData,
	IWebhookFunctions,
} from 'n8n-workflow';

import type { PipelineContext } from '../context';
import { callSelf } from '../http/callSelf';

/**
 * n8n hands a callback to whichever node the execution waits at. Behind a path of our own it reaches no other one, such
 * as a Wait node further on that somebody is to approve with its own address.
 */
export const RESUME_PATH = 'imagegen';

/** Where this execution is called back while one of our nodes has suspended it. Empty on an n8n that has no such address. */
export function resumeUrlOf(context: Pick<IExecuteFunctions, 'getWorkflowDataProxy'>): string {
	const { $execution } = context.getWorkflowDataProxy(0) as {
		$execution?: { resumeUrl?: string };
	};
	const address = $execution?.resumeUrl ?? '';
	if (!URL.canParse(address)) return '';
	const url = new URL(address);
	url.pathname = `${url.pathname.replace(/\/$/, '')}/${RESUME_PATH}`;
	return url.toString();
}

/**
 * n8n's own token as it stands in the address that providers call back. Only in this place it is to be hidden: people
 * send n8n's address of an execution, which has the same token, to those who are to approve something.
 */
export function callbackTokenOf(context: PipelineContext): string[] {
	const url = 'getWorkflowDataProxy' in context ? resumeUrlOf(context) : '';
	const { search } = url === '' ? { search: '' } : new URL(url);
	return search === '' ? [] : [`/${RESUME_PATH}${search}`];
}

/**
 * Answers the output for n8n with which it goes on and runs the node once more, on the items that it has. Left to
 * itself, n8n switches a resumed node off and takes the webhook's output for the node's: then no error could end the
 * execution, items would lose their link to the input, and the download would burden the process that takes callbacks.
 * Undefined on an n8n that doesn't let a webhook see the suspended node: its items go on when the time limit has passed.
 */
export function runAgain(context: IWebhookFunctions): INodeExecutionData[][] | undefined {
	const { executeData } = context as IWebhookFunctions & { executeData?: IExecuteData };
	const items = executeData?.data.main?.[0];
	if (!executeData || !items) return undefined;
	delete executeData.node.disabled;
	return [items];
}

/** What our own webhook answers, by which a caller knows it. */
export const RECEIVED = 'Received.';
export const NOTHING_WAITS = 'Nothing waits for this.';

/** n8n's words for an execution that somebody else has resumed: it runs, has ended, or waits elsewhere. */
const GONE_ON_ALREADY: ReadonlyMap<number, RegExp> = new Map([
	[409, /^The execution .* (is running|has finished)/],
	[404, /does not contain a waiting webhook/],
]);

/**
 * Calls the suspended execution as its provider does, so that n8n loads it anew. False when n8n could not be reached
 * at its own public address: a proxy, a login page or a limit in front of it says nothing of the execution.
 */
export async function callAgain(context: IWebhookFunctions, url: string): Promise<boolean> {
	const answer = await callSelf(context, url);
	return answer.ok && isDone(answer.value);
}

function isDone({ statusCode, body }: IN8nHttpFullResponse): boolean {
	const { message } = (body ?? {}) as { message?: unknown };
	if (typeof message !== 'string') return false;
	if (statusCode === 200) return message === RECEIVED;
	if (statusCode === 409 && message === NOTHING_WAITS) return true;
	return GONE_ON_ALREADY.get(statusCode)?.test(message) === true;
}
