// What the Core.Today node sets up once per execution, and its operations share.
import type { IExecuteFunctions } from 'n8n-workflow';

import { connect, type Connection } from '../../pipeline/connection';
import type { PipelineContext } from '../../pipeline/context';
import { createImageRun, type ImageRun, type RunSettings } from '../../pipeline/imageRun';
import { createCoreToday, type FileWay } from '../../providers/coretoday';
import type { TaskSession } from '../shared/taskFields';

const CREDENTIAL = 'coreTodayApi';

interface CoreTodayAccount {
	apiKey: string;
	baseUrl: string;
}

export interface CoreTodaySession extends TaskSession {
	account: CoreTodayAccount;
	/** Predictions whose files come along, or lie in Core.Today's storage. */
	ways: Record<FileWay, ImageRun>;
}

async function readAccount(context: PipelineContext): Promise<CoreTodayAccount> {
	const { apiKey, baseUrl } = await context.getCredentials<CoreTodayAccount>(CREDENTIAL);
	return { apiKey, baseUrl };
}

/** For what asks about tasks only, whichever way their files went. */
export async function openAccount<Context extends PipelineContext>(
	context: Context,
): Promise<{ connection: Connection<Context>; apiKey: string }> {
	const { apiKey, baseUrl } = await readAccount(context);
	return {
		connection: connect(context, CREDENTIAL, createCoreToday(baseUrl, 'storage'), [apiKey]),
		apiKey,
	};
}

export async function openSession(
	context: IExecuteFunctions,
	settings: RunSettings,
): Promise<CoreTodaySession> {
	const account = await readAccount(context);
	const runOf = (way: FileWay) =>
		createImageRun(
			connect(context, CREDENTIAL, createCoreToday(account.baseUrl, way), [account.apiKey]),
			settings,
		);
	const ways = { multipart: runOf('multipart'), storage: runOf('storage') };
	const { redact } = ways.storage.connection;
	return { context, redact, account, ways, tasks: ways.storage, runs: Object.values(ways) };
}
