// What the Core.Today node sets up once per execution, and its operations share.
import type { IExecuteFunctions } from 'n8n-workflow';

import { createImageRun, type Execution } from '../../pipeline/session';
import { createCoreToday, type FileWay } from '../../providers/coretoday';
import { accountOpener, taskSessionOpener } from '../shared/execute/openAccount';

export type CoreTodaySession = Awaited<ReturnType<typeof openSession>>;

const openerFor = (way: FileWay) =>
	accountOpener('coreTodayApi', ({ baseUrl }) => createCoreToday(baseUrl, way));

/** For what asks about tasks only, whichever way their files went. */
export const openAccount = openerFor('storage');
const openTaskSession = taskSessionOpener(openAccount);
const openForFilesWithRequest = openerFor('multipart');

export async function openSession(context: IExecuteFunctions, execution: Execution) {
	const session = await openTaskSession(context, execution);
	const { connection } = await openForFilesWithRequest(context);
	const ways = { storage: session.tasks, multipart: createImageRun(connection, execution) };
	return { ...session, ways };
}
