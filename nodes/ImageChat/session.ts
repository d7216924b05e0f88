// What the Image Chat node sets up once per execution, and its operations share.
import type { IExecuteFunctions } from 'n8n-workflow';

import { createImageRun, type Execution } from '../../pipeline/session';
import { createChatGateway } from '../../providers/chat';
import { checkOwnPrices } from '../../providers/ownPrices';
import { accountOpener } from '../shared/execute/openAccount';

export type ImageChatSession = Awaited<ReturnType<typeof openSession>>;

export const openAccount = accountOpener('imageChatApi', ({ baseUrl }) =>
	createChatGateway(baseUrl),
);

export async function openSession(context: IExecuteFunctions, execution: Execution) {
	const { connection, apiKey, baseUrl, ownPrices } = await openAccount(context);
	checkOwnPrices(ownPrices);
	const images = createImageRun(connection, execution);
	return { context, apiKey, baseUrl, redact: connection.redact, images };
}
