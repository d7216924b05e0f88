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
	const answer = await settle(send(connection, provider.models()));
	if (!answer.ok) throw toNodeError(this.getNode(), answer.error, 0);
	const wanted = filter?.toLowerCase() ?? '';
	const models = provider
		.readModels(answer.value)
		.filter((id) => id.toLowerCase().includes(wanted))
		.sort((a, b) => imagesFirst(a) - imagesFirst(b) || a.localeCompare(b));
	return { results: models.map((id) => ({ name: id, value: id })) };
}

/** EvoLink lists models for text, video and sound too. Those that name images come first, none is hidden. */
function imagesFirst(id: string): number {
	return /image/i.test(id) ? 0 : 1;
}
