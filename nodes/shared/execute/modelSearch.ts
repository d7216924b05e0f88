// Fills a Model list: asks the provider what it offers, and keeps what the person types.
import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { resultOf } from '../../../pipeline/result';
import { ask, hidingSecrets, type Connection } from '../../../pipeline/session';
import type { ModelRoute } from '../../../providers/contract';
import { labelOf, rankOf, type ModelFamily } from '../../../providers/limits/modelRows';
import type { OpenAccount } from './openAccount';
import { toNodeError } from './nodeErrors';

type ModelSearch = (this: ILoadOptionsFunctions, filter?: string) => Promise<INodeListSearchResult>;

/** What a model is called for people, where it is known, and where it stands in a list. */
export interface ModelNames {
	labelOf(model: string): string | undefined;
	rankOf(model: string): number;
}

/** The names by these rows. */
export function namesBy(rows: readonly ModelFamily[]): ModelNames {
	return {
		labelOf: (model) => labelOf(rows, model),
		rankOf: (model) => rankOf(rows, model),
	};
}

/** What the account can use today for the chosen operation: models that are known, then all others. */
export function modelSearch(
	openAccount: OpenAccount<ModelRoute>,
	names: ModelNames,
	serves: (model: string, operation: string) => boolean = () => true,
): ModelSearch {
	return async function (filter) {
		const { connection, provider } = await openAccount(this);
		const ids = await listModels(connection, provider);
		const operation = String(this.getCurrentNodeParameter('operation'));
		const listed = ids.filter((id) => serves(id, operation)).sort((a, b) => a.localeCompare(b));
		return toModelList(
			listed.map((id) => ({ id })),
			names,
			filter,
		);
	};
}

/** What this package knows, where the provider has no list. */
export function knownModels(rows: readonly ModelFamily[]): ModelSearch {
	return async (filter) =>
		toModelList(
			rows.map(({ name }) => ({ id: name })),
			namesBy(rows),
			filter,
		);
}

/** Everything that is offered today. Throws n8n's own errors. */
export async function listModels<Model>(
	connection: Connection<ILoadOptionsFunctions>,
	{ models, readModels }: ModelRoute<Model>,
): Promise<Model[]> {
	return await forEditor(connection, async () => readModels(await ask(connection, models())));
}

/** What the editor asks for, without secrets. Throws n8n's own errors. */
export async function forEditor<Value>(
	{ context, redact }: Connection<ILoadOptionsFunctions>,
	work: () => Promise<Value>,
): Promise<Value> {
	const found = await resultOf(hidingSecrets(redact, work));
	if (found.ok) return redact.value(found.value);
	throw toNodeError(context.getNode(), found.error, 0);
}

/**
 * The models whose ID or name holds what the person typed, those that are known first. `end` stands behind the name: until
 * when the model works.
 */
export function toModelList(
	models: Array<{ id: string; end?: string }>,
	{ labelOf: nameOf, rankOf }: ModelNames,
	typed = '',
): INodeListSearchResult {
	const wanted = plain(typed);
	const results = models
		.map(({ id, end = '' }) => {
			const label = nameOf(id);
			if (label === undefined) return { name: `${id}${end}`, value: id };
			return { name: `${label}${end}`, value: id, description: id };
		})
		.filter(({ name, value }) => plain(name).includes(wanted) || plain(value).includes(wanted))
		.sort((a, b) => rankOf(a.value) - rankOf(b.value));
	return { results };
}

/** People write `gpt image 2` for `gpt-image-2`. */
function plain(text: string): string {
	return text.toLowerCase().replace(/[\s-]+/g, '');
}
