// Fills a Model list: asks the provider what it offers, and keeps what the person types.
import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import type { Connection } from '../../pipeline/connection';
import { settle } from '../../pipeline/settle';
import { send } from '../../pipeline/http/send';
import type { HttpAnswer, HttpRequest } from '../../providers/contract';
import { hidingSecrets } from './hideSecrets';
import { toNodeError } from './nodeErrors';

interface ModelRoute<Model> {
	models(): HttpRequest;
	readModels(answer: HttpAnswer): Model[];
}

/** Everything that is offered today. Throws n8n's own errors. */
export async function listModels<Model>(
	connection: Connection<ILoadOptionsFunctions>,
	{ models, readModels }: ModelRoute<Model>,
): Promise<Model[]> {
	const listed = await settle(
		hidingSecrets(connection.redact, async () => readModels(await send(connection, models()))),
	);
	if (listed.ok) return listed.value;
	throw toNodeError(connection.context.getNode(), listed.error, 0);
}

/** The models whose ID holds what the person typed, in the order in which they come. `note` stands behind the ID. */
export function toModelList(
	models: Array<{ id: string; note?: string }>,
	typed = '',
): INodeListSearchResult {
	const wanted = typed.trim().toLowerCase();
	const results = models
		.filter(({ id }) => id.toLowerCase().includes(wanted))
		.map(({ id, note = '' }) => ({ name: `${id}${note}`, value: id }));
	return { results };
}
