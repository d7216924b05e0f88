// Fills the Model list with what the gateway offers.
import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { listModels, toModelList } from '../shared/modelSearch';
import { openGateway } from './session';

export async function searchModels(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const { connection, gateway } = await openGateway(this);
	const ids = await listModels(connection, gateway);
	return toModelList(
		ids.sort().map((id) => ({ id })),
		filter,
	);
}
