// What the OpenAI Images node sets up once per execution, and its operations share.
import type { IExecuteFunctions } from 'n8n-workflow';

import {
	connect,
	createImageRun,
	type Connection,
	type Execution,
	type ImageRun,
	type PipelineContext,
} from '../../pipeline/session';
import { hintTeller } from '../../pipeline/told';
import type { ImageProvider } from '../../providers/contract';
import { createOpenAiImages, createOpenAiVariations } from '../../providers/openai/images';
import { AUTOMATIC } from '../../providers/openai/models';
import { createOpenAiTasks } from '../../providers/openai/tasks';
import { checkOwnPrices, withOwnPrices } from '../../providers/ownPrices';
import { readCompletion } from '../shared/parameters/readCompletion';
import { readOptions } from '../shared/parameters/readParameters';
import type { ImageSession } from '../shared/execute/imageOperations';
import type { TaskSession } from '../shared/fields/taskFields';
import { createChatModelChoice, pickedOption, type ChooseChatModel } from './chatModel';

const CREDENTIAL = 'openAiImagesApi';

export interface OpenAiAccount {
	apiKey: string;
	baseUrl: string;
	webhookSecret: string;
	/** n8n leaves out what the form doesn't show. */
	headerSecret?: string;
	/** As the person has written them: see `providers/ownPrices.ts`. */
	ownPrices?: string;
}

export interface OpenAiSession extends TaskSession, ImageSession {
	/** The Images API: its answer holds the pictures. */
	images: ImageRun;
	/** Variations, on servers that still make them. */
	variations: ImageRun;
	/**
	 * What starts background tasks, by the Calling Model that is there today: to find that, the account's list is asked,
	 * and what a person should know of it is told with the first item.
	 */
	startingTasks(itemIndex: number): Promise<ImageRun>;
	connection: Connection<IExecuteFunctions>;
	chooseChatModel: ChooseChatModel;
	ownPrices?: string;
	/** What the run may cost. */
	spending: Execution['spending'];
	/** Shows a hint, however often it is told, once: with the first item that it holds for. */
	tellOnce(hint: string, itemIndex: number): void;
	/** Ids of the tasks whose tokens n8n has been told of. */
	reported: Set<string>;
}

export async function readAccount(context: PipelineContext): Promise<OpenAiAccount> {
	return await context.getCredentials<OpenAiAccount>(CREDENTIAL);
}

/** Talks to OpenAI through one of its interfaces. `secrets` are hidden like the credential's own. */
export function connectAccount<Context extends PipelineContext>(
	context: Context,
	{ apiKey, webhookSecret, headerSecret = '', ownPrices }: OpenAiAccount,
	provider: ImageProvider,
	...secrets: string[]
): Connection<Context> {
	return connect(context, CREDENTIAL, withOwnPrices(provider, ownPrices), [
		apiKey,
		webhookSecret,
		headerSecret,
		...secrets,
	]);
}

export async function openSession(
	context: IExecuteFunctions,
	execution: Execution,
): Promise<OpenAiSession> {
	const account = await readAccount(context);
	const { apiKey, baseUrl, ownPrices } = account;
	checkOwnPrices(ownPrices);
	const callingModel = readCallingModel(context);
	// Until tasks are started, Automatic stands for whatever it may come to.
	const connection = connectAccount(context, account, createOpenAiTasks(baseUrl, callingModel));
	const chooseChatModel = createChatModelChoice(connection, baseUrl);
	const runOf = (provider: ImageProvider) =>
		createImageRun(connectAccount(context, account, provider), execution);
	const beginTasks = async (itemIndex: number): Promise<ImageRun> => {
		const orderedWith = callingModel ?? AUTOMATIC;
		const model = await chooseChatModel(orderedWith, itemIndex);
		// By what was chosen: which model Automatic means isn't known when the order is priced.
		return runOf({ ...createOpenAiTasks(baseUrl, model), orderedWith });
	};
	let starting: Promise<ImageRun> | undefined;
	const images = runOf(createOpenAiImages(baseUrl));
	const variations = runOf(createOpenAiVariations(baseUrl));
	const tasks = createImageRun(connection, execution);
	return {
		context,
		redact: connection.redact,
		apiKey,
		baseUrl,
		ownPrices,
		images,
		variations,
		tasks,
		startingTasks: async (itemIndex) => await (starting ??= beginTasks(itemIndex)),
		connection,
		chooseChatModel,
		spending: execution.spending,
		tellOnce: hintTeller(connection),
		reported: new Set(),
	};
}

/** Undefined where no background task is started. */
function readCallingModel(context: IExecuteFunctions): string | undefined {
	if (readCompletion(context) !== 'return') return undefined;
	return pickedOption(readOptions(context, 0).callingModel, 'Calling Model') || AUTOMATIC;
}
