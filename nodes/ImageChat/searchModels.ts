// Fills the Model list with what the gateway offers.
import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { connect } from '../../pipeline/connection';
import { listModels, toModelList } from '../shared/modelSearch';
import { CREDENTIAL, openGateway } from './session';

export async function searchModels(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const gateway = await openGateway(this);
	const ids = await listModels(connect(this, CREDENTIAL, gateway), gateway);
	return toModelList(
		ids.sort().map((id) => ({ id })),
		filter,
	);
}
