// What the EvoLink node sets up once per execution, and its operations share.
import { createEvoLink } from '../../providers/evolink';
import { accountOpener, taskSessionOpener } from '../shared/execute/openAccount';

interface EvoLinkCredential {
	apiKey: string;
	baseUrl: string;
	filesBaseUrl: string;
}

export type EvoLinkSession = Awaited<ReturnType<typeof openSession>>;

export const openAccount = accountOpener(
	'evoLinkApi',
	({ baseUrl, filesBaseUrl }: EvoLinkCredential) => createEvoLink({ baseUrl, filesBaseUrl }),
);

export const openSession = taskSessionOpener(openAccount);
