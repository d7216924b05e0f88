// Fills the Model list with what the account can use today.
import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { settle } from '../../pipeline/settle';
import { send } from '../../pipeline/transport';
import { connect } from '../../pipeline/connection';
import { createEvoLink } from '../../providers/evolink';
import { toNodeError } from '../shared/nodeErrors';
import { CREDENTIAL, readAccount } from './session';

export async function searchModels(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const provider = createEvoLink(await readAccount(this));
	const connection = connect(this, CREDENTIAL, provider);
	const listed = await settle(
		(async () => provider.readModels(await send(connection, provider.models())))(),
	);
	if (!listed.ok) throw toNodeError(this.getNode(), listed.error, 0);
	const wanted = filter?.trim().toLowerCase() ?? '';
	const models = listed.value
		.filter((id) => id.toLowerCase().includes(wanted))
		.sort((a, b) => imagesFirst(a) - imagesFirst(b) || a.localeCompare(b));
	return { results: models.map((id) => ({ name: id, value: id })) };
}

/** EvoLink lists models for text, video and sound too. Those that name images come first, none is hidden. */
function imagesFirst(id: string): number {
	return /image/i.test(id) ? 0 : 1;
}
