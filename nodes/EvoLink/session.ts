// What the EvoLink node sets up once per execution, and its operations share.
import type { IExecuteFunctions } from 'n8n-workflow';

import { connect, type Connection } from '../../pipeline/connection';
import type { PipelineContext } from '../../pipeline/context';
import { createImageRun, type RunSettings } from '../../pipeline/imageRun';
import { createEvoLink, type EvoLink } from '../../providers/evolink';
import type { TaskSession } from '../shared/taskFields';

const CREDENTIAL = 'evoLinkApi';

interface EvoLinkCredential {
	apiKey: string;
	baseUrl: string;
	filesBaseUrl: string;
}

interface OpenAccount<Context extends PipelineContext> {
	apiKey: string;
	baseUrl: string;
	evoLink: EvoLink;
	connection: Connection<Context>;
}

export interface EvoLinkSession extends TaskSession, OpenAccount<IExecuteFunctions> {}

export async function openAccount<Context extends PipelineContext>(
	context: Context,
): Promise<OpenAccount<Context>> {
	const { apiKey, baseUrl, filesBaseUrl } =
		await context.getCredentials<EvoLinkCredential>(CREDENTIAL);
	const evoLink = createEvoLink({ baseUrl, filesBaseUrl });
	return { apiKey, baseUrl, evoLink, connection: connect(context, CREDENTIAL, evoLink, [apiKey]) };
}

export async function openSession(
	context: IExecuteFunctions,
	settings: RunSettings,
): Promise<EvoLinkSession> {
	const account = await openAccount(context);
	const tasks = createImageRun(account.connection, settings);
	const { redact } = account.connection;
	return { ...account, context, redact, tasks, runs: [tasks] };
}
