// What the pipeline needs to talk to one provider from one n8n execution.
import type {
	IExecuteFunctions,
	IHookFunctions,
	ILoadOptionsFunctions,
	IWebhookFunctions,
} from 'n8n-workflow';

import type { ImageProvider } from '../providers/contract';
import type { StoredImage } from './storedImage';

/** The places that n8n runs our code in. */
export type PipelineContext =
	| IExecuteFunctions
	| IHookFunctions
	| ILoadOptionsFunctions
	| IWebhookFunctions;

export interface Connection<Context extends PipelineContext = PipelineContext> {
	context: Context;
	/** n8n's name of the credential type that signs the requests. */
	credentialType: string;
	provider: ImageProvider;
	/** Pictures that came inside an answer, by the reference that stands in their place. */
	received: Map<string, StoredImage>;
	/** Aborted when the person stops the execution, or when the work has become pointless. */
	signal?: AbortSignal;
}

export function connect<Context extends PipelineContext>(
	context: Context,
	credentialType: string,
	provider: ImageProvider,
): Connection<Context> {
	const signal = cancelSignalOf(context);
	return { context, credentialType, provider, received: new Map(), signal };
}

/** The signal that n8n aborts when the execution is cancelled, on versions that have it. */
export function cancelSignalOf(context: PipelineContext): AbortSignal | undefined {
	return 'getExecutionCancelSignal' in context ? context.getExecutionCancelSignal() : undefined;
}
