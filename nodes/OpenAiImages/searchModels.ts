// Fills the Model lists with what the account can use today; what OpenAI has switched off is left out.
import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { createOpenAiAccount, type ListedModel } from '../../providers/openai/account';
import { createOpenAiTasks } from '../../providers/openai/tasks';
import { listModels, toModelList } from '../shared/modelSearch';
import { connectAccount, readAccount } from './session';

const DRAWS = /image|dall-e/i;
/** Models of OpenAI that neither draw nor chat in words. */
const NO_CHAT =
	/image|dall-e|embedding|whisper|tts|audio|realtime|moderation|transcribe|sora|davinci|babbage/i;

export async function searchImageModels(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const models = await readModels(this);
	const drawing = models.filter(({ id }) => DRAWS.test(id));
	// A compatible server may call its models anything: then all of them are shown.
	return toResults(drawing.length > 0 ? drawing : models, filter);
}

export async function searchChatModels(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const models = await readModels(this);
	return toResults(
		models.filter(({ id }) => !NO_CHAT.test(id)),
		filter,
	);
}

async function readModels(context: ILoadOptionsFunctions): Promise<ListedModel[]> {
	const account = await readAccount(context);
	const connection = connectAccount(context, account, createOpenAiTasks(account.baseUrl));
	return await listModels(connection, createOpenAiAccount(account.baseUrl));
}

function toResults(models: ListedModel[], filter?: string): INodeListSearchResult {
	const inOrder = [...models].sort((a, b) => a.id.localeCompare(b.id));
	return toModelList(
		inOrder.map(({ id, shutdownDate }) => ({ id, note: endOf(shutdownDate) })),
		filter,
	);
}

function endOf(shutdownDate: Date | undefined): string {
	return shutdownDate ? ` (until ${shutdownDate.toISOString().slice(0, 10)})` : '';
}
