// What the pipeline needs to talk to one provider from one n8n execution.
import type { ImageProvider } from '../providers/contract';
import type { Clock } from './clock';
import type { PipelineContext } from './context';
import type { Deadline } from './deadline';
import type { OpenFile } from './http/fileToSend';
import type { PictureStore } from './media/store/pictureStore';
import type { Redactor } from './secrets/redactor';

export interface Connection<Context extends PipelineContext = PipelineContext> {
	context: Context;
	/** n8n's name of the credential type that signs the requests. */
	credentialType: string;
	provider: ImageProvider;
	clock: Clock;
	/** Pictures that came inside answers. */
	pictures: PictureStore;
	openFile: OpenFile;
	/** Aborted when the person stops the execution, or when the work has become pointless. */
	signal?: AbortSignal;
	/** By when the work must be done, where it belongs to an item. */
	deadline?: Deadline;
	/** Hides the credential's secrets in whatever leaves the node. */
	redact: Redactor;
}
