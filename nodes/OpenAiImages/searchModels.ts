// Fills the Model lists with what the account can use today; what OpenAI has switched off is left out.
import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { createOpenAiAccount } from '../../providers/openai/account';
import {
	AUTOMATIC,
	automaticChatModel,
	chatModelsIn,
	KNOWN_MODELS,
	shutdownOf,
	type ListedModel,
} from '../../providers/openai/models';
import { createOpenAiTasks } from '../../providers/openai/tasks';
import { listModels, namesBy, toModelList } from '../shared/execute/modelSearch';
import { connectAccount, readAccount } from './session';

const DRAWS = /image|dall-e/i;

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
	const { results } = toResults(chatModelsIn(models), filter);
	const best = automaticChatModel(models);
	const automatic = { name: `Automatic: ${best.id}${endOf(best)}`, value: AUTOMATIC };
	const typed = (filter ?? '').trim().toLowerCase();
	return { results: AUTOMATIC.includes(typed) ? [automatic, ...results] : results };
}

async function readModels(context: ILoadOptionsFunctions): Promise<ListedModel[]> {
	const account = await readAccount(context);
	const connection = connectAccount(context, account, createOpenAiTasks(account.baseUrl));
	return await listModels(connection, createOpenAiAccount(account.baseUrl));
}

function toResults(models: ListedModel[], filter?: string): INodeListSearchResult {
	const inOrder = [...models].sort((a, b) => a.id.localeCompare(b.id));
	return toModelList(
		inOrder.map((model) => ({ id: model.id, end: endOf(model) })),
		namesBy(KNOWN_MODELS),
		filter,
	);
}

/** Until when a model works, by OpenAI's list, and what OpenAI names in its place. */
function endOf({ id, shutdownDate }: ListedModel): string {
	if (!shutdownDate) return '';
	const next = shutdownOf(id)?.next;
	const then = next === undefined ? '' : `, then ${next}`;
	return ` (until ${shutdownDate.toISOString().slice(0, 10)}${then})`;
}
