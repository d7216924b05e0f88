// From a credential to a provider that can be asked: what the sessions, triggers and model lists of a node begin with.
import type { IExecuteFunctions } from 'n8n-workflow';

import {
	connect,
	createImageRun,
	type Connection,
	type Execution,
	type PipelineContext,
} from '../../../pipeline/session';
import type { ImageProvider } from '../../../providers/contract';
import { checkOwnPrices, withOwnPrices } from '../../../providers/ownPrices';
import type { TaskSession } from '../fields/taskFields';

export interface ApiCredential {
	apiKey: string;
	baseUrl: string;
	/** As the person has written them: see `providers/ownPrices.ts`. */
	ownPrices?: string;
}

export interface Account<Context extends PipelineContext, Provider> extends ApiCredential {
	/** With what only this provider has. */
	provider: Provider;
	connection: Connection<Context>;
}

export type OpenAccount<Provider> = <Context extends PipelineContext>(
	context: Context,
) => Promise<Account<Context, Provider>>;

/** Opens the account of the credential that has this name in n8n. */
export function accountOpener<Credential extends ApiCredential, Provider extends ImageProvider>(
	credentialName: string,
	createProvider: (credential: Credential) => Provider,
): OpenAccount<Provider> {
	return async (context) => {
		const credential = await context.getCredentials<Credential>(credentialName);
		const { apiKey, baseUrl, ownPrices } = credential;
		const provider = withOwnPrices(createProvider(credential), ownPrices);
		const connection = connect(context, credentialName, provider, [apiKey]);
		return { apiKey, baseUrl, ownPrices, provider, connection };
	};
}

/** The session of a node whose provider has tasks and calls back for each. */
export type AccountSession<Provider> = TaskSession & Account<IExecuteFunctions, Provider>;

export function taskSessionOpener<Provider>(openAccount: OpenAccount<Provider>) {
	return async (
		context: IExecuteFunctions,
		execution: Execution,
	): Promise<AccountSession<Provider>> => {
		const account = await openAccount(context);
		checkOwnPrices(account.ownPrices);
		const tasks = createImageRun(account.connection, execution);
		const { redact } = account.connection;
		return { ...account, context, redact, tasks, resumed: tasks };
	};
}
