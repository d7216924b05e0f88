// What the Core.Today node sets up once per execution, and its operations share.
import type { IExecuteFunctions } from 'n8n-workflow';

import { connect } from '../../pipeline/connection';
import type { PipelineContext } from '../../pipeline/context';
import { createImageRun, type ImageRun, type RunSettings } from '../../pipeline/imageRun';
import { createCoreToday, type FileWay } from '../../providers/coretoday';
import type { TaskSession } from '../shared/taskFields';

export const CREDENTIAL = 'coreTodayApi';

export interface CoreTodayAccount {
	apiKey: string;
	baseUrl: string;
}

export interface CoreTodaySession extends TaskSession {
	account: CoreTodayAccount;
	/** Predictions whose files come along, or lie in Core.Today's storage. */
	ways: Record<FileWay, ImageRun>;
}

export async function readAccount(context: PipelineContext): Promise<CoreTodayAccount> {
	const { apiKey, baseUrl } = await context.getCredentials<CoreTodayAccount>(CREDENTIAL);
	return { apiKey, baseUrl };
}

export async function openSession(
	context: IExecuteFunctions,
	settings: RunSettings,
): Promise<CoreTodaySession> {
	const account = await readAccount(context);
	const runOf = (way: FileWay) =>
		createImageRun(connect(context, CREDENTIAL, createCoreToday(account.baseUrl, way)), settings);
	const ways = { multipart: runOf('multipart'), storage: runOf('storage') };
	return { context, account, ways, tasks: ways.storage, runs: Object.values(ways) };
}
