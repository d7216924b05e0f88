// The door to the pipeline: what a node opens once per execution, and how it asks its provider.
import type { INodeExecutionData } from 'n8n-workflow';

import type { HttpAnswer, HttpRequest, ImageProvider, ImageTask } from '../providers/contract';
import { meantKey } from '../providers/requests/apiKey';
import { tokensOf } from './callbacks/callbackUrl';
import { realClock } from './clock';
import type { Connection } from './connection';
import { cancelSignalOf, type PipelineContext } from './context';
import { send, type SendOptions } from './http/send';
import { openerOf } from './media/files';
import { createPictureStore } from './media/store/pictureStore';
import { hidingSecrets, redactItems } from './secrets/hideSecrets';
import { distinctNames } from './media/distinctNames';
import { partsOf } from './secrets/parts';
import { createRedactor, type Redactor } from './secrets/redactor';
import { callbackTokenOf } from './suspend/resumption';
import { askForOne } from './tasks/taskAnswers';

export type { Connection } from './connection';
export type { PipelineContext } from './context';
export { beginExecution } from './execution';
export type { Execution, ExecutionSettings, ItemOutcome, ItemWork } from './execution';
export { createImageRun, type ImageRun } from './imageRun';
export type { OutputSettings } from './media/outputSettings';
export { progressOf, type Progress } from './tasks/progress';
export { hidingSecrets } from './secrets/hideSecrets';
export type { Redactor } from './secrets/redactor';
export { createLimiter } from './tasks/limiter';

/** `secrets` are the credential's: its key, and what else may be seen by nobody. */
export function connect<Context extends PipelineContext>(
	context: Context,
	credentialType: string,
	provider: ImageProvider,
	secrets: readonly string[],
	clock = realClock,
): Connection<Context> {
	const redact = redactorOf(secrets, callbackTokenOf(context));
	return {
		context,
		credentialType,
		provider,
		clock,
		openFile: openerOf(context),
		pictures: createPictureStore(context, provider.id, redact.text),
		signal: cancelSignalOf(context),
		redact,
	};
}

/** Hides the secrets as they are kept and as they are sent, their secret parts, and the callback tokens: those that follow from them, and others. */
export function redactorOf(secrets: readonly string[], otherTokens: string[] = []): Redactor {
	const given = secrets.filter((secret) => secret !== '');
	const forms = given.flatMap((secret) => {
		const written = [secret, meantKey(secret)];
		return [...written, ...written.flatMap(partsOf), ...tokensOf(secret)];
	});
	return createRedactor([...forms, ...otherTokens]);
}

/** Sends a request of the provider's. Throws an ImageFailure when it is refused, or gets no answer. */
export async function ask(
	connection: Connection,
	request: HttpRequest,
	options?: SendOptions,
): Promise<HttpAnswer> {
	return await send(connection, request, options);
}

/** How a task stands, asked for at once and alone. */
export async function askForTask(connection: Connection, id: string): Promise<ImageTask> {
	return await askForOne(connection, id);
}

/** Items as they may leave the node: without secrets, and no two pictures of the same name. */
export function outgoing(redact: Redactor, items: INodeExecutionData[]): INodeExecutionData[] {
	return distinctNames(redactItems(redact, items));
}

/** Does the work that makes items. Neither they nor what it throws have secrets in them. */
export async function itemsWithoutSecrets(
	redact: Redactor,
	work: () => Promise<INodeExecutionData[]>,
): Promise<INodeExecutionData[]> {
	return outgoing(redact, await hidingSecrets(redact, work));
}
