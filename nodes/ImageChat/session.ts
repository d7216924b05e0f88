// What the Image Chat node sets up once per execution, and its operations share.
import type { IExecuteFunctions } from 'n8n-workflow';

import { connect } from '../../pipeline/connection';
import type { PipelineContext } from '../../pipeline/context';
import { createImageRun, type ImageRun, type RunSettings } from '../../pipeline/imageRun';
import { createChatGateway } from '../../providers/chat';
import type { NodeSession } from '../shared/executeResources';

export const CREDENTIAL = 'imageChatApi';

export interface ImageChatSession extends NodeSession {
	context: IExecuteFunctions;
	images: ImageRun;
}

export async function openGateway(context: PipelineContext) {
	const { baseUrl } = await context.getCredentials<{ baseUrl: string }>(CREDENTIAL);
	return createChatGateway(baseUrl);
}

export async function openSession(
	context: IExecuteFunctions,
	settings: RunSettings,
): Promise<ImageChatSession> {
	const gateway = await openGateway(context);
	const images = createImageRun(connect(context, CREDENTIAL, gateway), settings);
	return { context, images, runs: [images] };
}
