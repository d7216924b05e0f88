// What the pipeline needs to talk to one provider from one n8n execution.

import type { ImageProvider } from '../providers/contract';
import type { ImageFailure } from '../providers/failure';
import { cancelSignalOf, type PipelineContext } from './context';
import type { StoredImage } from './storedImage';

export interface Connection<Context extends PipelineContext = PipelineContext> {
	context: Context;
	/** n8n's name of the credential type that signs the requests. */
	credentialType: string;
	provider: ImageProvider;
	/** Pictures that came inside an answer, by the reference that stands in their place; or why one is lost. */
	received: Map<string, StoredImage | ImageFailure>;
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
