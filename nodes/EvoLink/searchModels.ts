// Fills the Model list with what the account can use today.
import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { listModels, toModelList } from '../shared/modelSearch';
import { openAccount } from './session';

export async function searchModels(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const { connection, evoLink } = await openAccount(this);
	const ids = await listModels(connection, evoLink);
	ids.sort((a, b) => imagesFirst(a) - imagesFirst(b) || a.localeCompare(b));
	return toModelList(
		ids.map((id) => ({ id })),
		filter,
	);
}

/** EvoLink lists models for text, video and sound too. Those that name images come first, none is hidden. */
function imagesFirst(id: string): number {
	return /image/i.test(id) ? 0 : 1;
}
