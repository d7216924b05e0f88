// What the EvoLink node sets up once per execution, and its operations share.
import type { IExecuteFunctions } from 'n8n-workflow';

import { connect, type Connection } from '../../pipeline/connection';
import type { PipelineContext } from '../../pipeline/context';
import { createImageRun, type RunSettings } from '../../pipeline/imageRun';
import { createEvoLink, type EvoLink } from '../../providers/evolink';
import type { TaskSession } from '../shared/taskFields';

export const CREDENTIAL = 'evoLinkApi';

export interface EvoLinkAccount {
	apiKey: string;
	baseUrl: string;
	filesBaseUrl: string;
}

export interface EvoLinkSession extends TaskSession {
	account: EvoLinkAccount;
	evoLink: EvoLink;
	connection: Connection<IExecuteFunctions>;
}

export async function readAccount(context: PipelineContext): Promise<EvoLinkAccount> {
	const { apiKey, baseUrl, filesBaseUrl } =
		await context.getCredentials<EvoLinkAccount>(CREDENTIAL);
	return { apiKey, baseUrl, filesBaseUrl };
}

export async function openSession(
	context: IExecuteFunctions,
	settings: RunSettings,
): Promise<EvoLinkSession> {
	const account = await readAccount(context);
	const evoLink = createEvoLink(account);
	const connection = connect(context, CREDENTIAL, evoLink);
	const tasks = createImageRun(connection, settings);
	return { context, account, evoLink, connection, tasks, runs: [tasks] };
}
