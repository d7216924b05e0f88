// What the EvoLink node sets up once per execution, and its operations share.
import type { IExecuteFunctions } from 'n8n-workflow';

import { connect, type Connection, type PipelineContext } from '../../pipeline/connection';
import { createImageRun, type ImageRun, type RunSettings } from '../../pipeline/imageRun';
import { createEvoLink, type EvoLink } from '../../providers/evolink';
import type { NodeSession } from '../shared/executeResources';

export const CREDENTIAL = 'evoLinkApi';

export interface EvoLinkAccount {
	apiKey: string;
	baseUrl: string;
	filesBaseUrl: string;
}

export interface EvoLinkSession extends NodeSession {
	context: IExecuteFunctions;
	account: EvoLinkAccount;
	evoLink: EvoLink;
	connection: Connection<IExecuteFunctions>;
	run: ImageRun;
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
	const run = createImageRun(connection, settings);
	return { context, account, evoLink, connection, run, runs: [run] };
}
