// Fills the Model lists with what the account can use today; what OpenAI has switched off is left out.
import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { connect } from '../../pipeline/connection';
import { settle } from '../../pipeline/settle';
import { send } from '../../pipeline/transport';
import { createOpenAiAccount, type ListedModel } from '../../providers/openai/account';
import { createOpenAiTasks } from '../../providers/openai/tasks';
import { toNodeError } from '../shared/nodeErrors';
import { CREDENTIAL, readAccount } from './session';

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
	const { baseUrl } = await readAccount(context);
	const account = createOpenAiAccount(baseUrl);
	const connection = connect(context, CREDENTIAL, createOpenAiTasks(baseUrl));
	const listed = await settle(
		(async () => account.readModels(await send(connection, account.models())))(),
	);
	if (!listed.ok) throw toNodeError(context.getNode(), listed.error, 0);
	return listed.value;
}

function toResults(models: ListedModel[], filter = ''): INodeListSearchResult {
	const wanted = filter.trim().toLowerCase();
	const results = models
		.filter(({ id }) => id.toLowerCase().includes(wanted))
		.sort((a, b) => a.id.localeCompare(b.id))
		.map(({ id, shutdownDate }) => ({ name: `${id}${endOf(shutdownDate)}`, value: id }));
	return { results };
}

function endOf(shutdownDate: Date | undefined): string {
	return shutdownDate ? ` (until ${shutdownDate.toISOString().slice(0, 10)})` : '';
}
