// Fills the Model list with what the gateway offers.
import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { connect } from '../../pipeline/connection';
import { settle } from '../../pipeline/settle';
import { send } from '../../pipeline/transport';
import { toNodeError } from '../shared/nodeErrors';
import { CREDENTIAL, openGateway } from './session';

export async function searchModels(
	this: ILoadOptionsFunctions,
	filter = '',
): Promise<INodeListSearchResult> {
	const gateway = await openGateway(this);
	const connection = connect(this, CREDENTIAL, gateway);
	const found = await settle(
		(async () => gateway.readModels(await send(connection, gateway.models())))(),
	);
	if (!found.ok) throw toNodeError(this.getNode(), found.error, 0);
	const wanted = filter.trim().toLowerCase();
	const models = found.value.filter((id) => id.toLowerCase().includes(wanted)).sort();
	return { results: models.map((id) => ({ name: id, value: id })) };
}
