// What the OpenAI Images node sets up once per execution, and its operations share.
import type { IExecuteFunctions } from 'n8n-workflow';

import { connect, type Connection } from '../../pipeline/connection';
import type { PipelineContext } from '../../pipeline/context';
import { createImageRun, type ImageRun, type RunSettings } from '../../pipeline/imageRun';
import type { ImageProvider } from '../../providers/contract';
import { createOpenAiImages, createOpenAiVariations } from '../../providers/openai/images';
import { createOpenAiTasks } from '../../providers/openai/tasks';
import { readOptions, toText } from '../shared/parameters';
import type { TaskSession } from '../shared/taskFields';

const CREDENTIAL = 'openAiImagesApi';

interface OpenAiAccount {
	apiKey: string;
	baseUrl: string;
	webhookSecret: string;
}

export interface OpenAiSession extends TaskSession {
	baseUrl: string;
	/** The Images API: its answer holds the pictures. */
	images: ImageRun;
	/** Variations, on servers that still make them. */
	variations: ImageRun;
	tasksProvider: ReturnType<typeof createOpenAiTasks>;
	connection: Connection<IExecuteFunctions>;
	/** Ids of the tasks whose tokens n8n has been told of. */
	reported: Set<string>;
}

export async function readAccount(context: PipelineContext): Promise<OpenAiAccount> {
	return await context.getCredentials<OpenAiAccount>(CREDENTIAL);
}

/** Talks to OpenAI through one of its interfaces. `secrets` are hidden like the credential's own. */
export function connectAccount<Context extends PipelineContext>(
	context: Context,
	{ apiKey, webhookSecret }: OpenAiAccount,
	provider: ImageProvider,
	...secrets: string[]
): Connection<Context> {
	return connect(context, CREDENTIAL, provider, [apiKey, webhookSecret, ...secrets]);
}

export async function openSession(
	context: IExecuteFunctions,
	settings: RunSettings,
): Promise<OpenAiSession> {
	const account = await readAccount(context);
	const { baseUrl } = account;
	const callingModel = toText(readOptions(context, 0).callingModel, 'Calling Model').trim();
	const tasksProvider = createOpenAiTasks(baseUrl, callingModel || undefined);
	const connection = connectAccount(context, account, tasksProvider);
	const runOf = (provider: ImageProvider) =>
		createImageRun(connectAccount(context, account, provider), settings);
	const images = runOf(createOpenAiImages(baseUrl));
	const variations = runOf(createOpenAiVariations(baseUrl));
	const tasks = createImageRun(connection, settings);
	return {
		context,
		redact: connection.redact,
		baseUrl,
		images,
		variations,
		tasks,
		tasksProvider,
		connection,
		reported: new Set(),
		runs: [images, variations, tasks],
	};
}
