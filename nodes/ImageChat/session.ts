// What the Image Chat node sets up once per execution, and its operations share.
import type { IExecuteFunctions } from 'n8n-workflow';

import { connect } from '../../pipeline/connection';
import type { PipelineContext } from '../../pipeline/context';
import { createImageRun, type ImageRun, type RunSettings } from '../../pipeline/imageRun';
import { createChatGateway } from '../../providers/chat';
import type { NodeSession } from '../shared/executeResources';

const CREDENTIAL = 'imageChatApi';

interface ImageChatCredential {
	apiKey: string;
	baseUrl: string;
}

export interface ImageChatSession extends NodeSession {
	context: IExecuteFunctions;
	images: ImageRun;
}

export async function openGateway<Context extends PipelineContext>(context: Context) {
	const { apiKey, baseUrl } = await context.getCredentials<ImageChatCredential>(CREDENTIAL);
	const gateway = createChatGateway(baseUrl);
	return { gateway, connection: connect(context, CREDENTIAL, gateway, [apiKey]) };
}

export async function openSession(
	context: IExecuteFunctions,
	settings: RunSettings,
): Promise<ImageChatSession> {
	const { connection } = await openGateway(context);
	const images = createImageRun(connection, settings);
	return { context, redact: connection.redact, images, runs: [images] };
}
