// Links into n8n itself, for whoever gets no files: an AI agent, or a workflow that asks for links only.
import type { ImageTask } from '../../providers/contract';
import { hostOf } from '../../providers/requests/url';
import type { Connection } from '../connection';
import { isToolRun } from '../context';
import { isInternal } from '../../providers/requests/internalHost';
import type { StoredImage } from './store/storedImage';

/** n8n sets no end to a link, but it deletes an execution's files with it: after so many days, unless told otherwise. */
const DAYS = 14;
const DAY_MILLISECONDS = 86_400_000;

export interface Link {
	url: string;
	expiresAt?: Date;
}

/** Where n8n keeps its files so that it can give one. */
export function ownLink(
	{ context, clock }: Pick<Connection, 'context' | 'clock'>,
	stored: StoredImage | undefined,
): Link | undefined {
	if (!stored?.binary.id || !('createBinarySignedUrl' in context.helpers)) return undefined;
	return {
		url: context.helpers.createBinarySignedUrl(stored.binary, `${DAYS} days`),
		expiresAt: endOf(clock),
	};
}

/**
 * Whether an AI agent is better off with a link into n8n than with the provider's: where whoever it passes the link on to
 * can open it, where n8n keeps the file so long, and where the provider's link ends before.
 */
export function outlivesProvidersLink(
	{ context, clock }: Pick<Connection, 'context' | 'clock'>,
	{ expiresAt }: ImageTask,
): boolean {
	if (!isToolRun(context) || !('createBinarySignedUrl' in context.helpers)) return false;
	const address = context.getInstanceBaseUrl();
	if (!/^https:/i.test(address) || isInternal(hostOf(address))) return false;
	if (!keepsExecutions(context)) return false;
	return expiresAt === undefined || expiresAt < endOf(clock);
}

/** As far as the workflow says it: n8n's own default is to keep them. */
function keepsExecutions(context: Connection['context']): boolean {
	if (!('getWorkflowSettings' in context)) return true;
	return context.getWorkflowSettings().saveDataSuccessExecution !== 'none';
}

function endOf(clock: Connection['clock']): Date {
	return new Date(clock.now() + DAYS * DAY_MILLISECONDS);
}
