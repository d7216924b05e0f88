// What the pipeline needs to talk to one provider from one n8n execution.

import { meantKey } from '../providers/apiKey';
import type { ImageProvider } from '../providers/contract';
import type { ImageFailure } from '../providers/failure';
import { tokenOf } from './callbacks/callbackUrl';
import { cancelSignalOf, type PipelineContext } from './context';
import type { Deadline } from './deadline';
import type { StoredImage } from './media/storedImage';
import { createRedactor, type Redactor } from './redact';
import { callbackTokenOf } from './suspend/resumption';

export interface Connection<Context extends PipelineContext = PipelineContext> {
	context: Context;
	/** n8n's name of the credential type that signs the requests. */
	credentialType: string;
	provider: ImageProvider;
	/** Pictures that came inside an answer, by the reference that stands in their place; or why one is lost. */
	received: Map<string, StoredImage | ImageFailure>;
	/** Aborted when the person stops the execution, or when the work has become pointless. */
	signal?: AbortSignal;
	/** By when the work must be done, where it belongs to an item. */
	deadline?: Deadline;
	/** Hides the credential's secrets in whatever leaves the node. */
	redact: Redactor;
}

/** `secrets` are the credential's: its key, and what else may be seen by nobody. */
export function connect<Context extends PipelineContext>(
	context: Context,
	credentialType: string,
	provider: ImageProvider,
	secrets: readonly string[],
): Connection<Context> {
	return {
		context,
		credentialType,
		provider,
		received: new Map(),
		signal: cancelSignalOf(context),
		redact: redactorOf(secrets, callbackTokenOf(context)),
	};
}

/** Hides the secrets as they are kept and as they are sent, and the callback tokens: those that follow from them, and others. */
export function redactorOf(secrets: readonly string[], otherTokens: string[] = []): Redactor {
	const given = secrets.filter((secret) => secret !== '');
	const forms = given.flatMap((secret) => [secret, meantKey(secret), tokenOf(secret)]);
	return createRedactor([...forms, ...otherTokens]);
}
