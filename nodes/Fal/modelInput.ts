// What the editor shows of fal's models: the catalogue as one searches it, and what the chosen model lets one set.
import type {
	ILoadOptionsFunctions,
	INodeListSearchResult,
	INodePropertyOptions,
	ResourceMapperField,
	ResourceMapperFields,
} from 'n8n-workflow';

import { resultOf } from '../../pipeline/result';
import { ask, hidingSecrets } from '../../pipeline/session';
import { endpointOf } from '../../providers/fal/ids';
import { ownFieldsOf, PRESETS, ratioOfChoice, sizeWay } from '../../providers/fal/input';
import { CATALOGUE, KNOWN_MODELS, type Use } from '../../providers/fal/models';
import type { InputField, InputFields } from '../../providers/fal/schema';
import { isRatio } from '../../providers/limits/sizes';
import { namesBy, toModelList } from '../shared/execute/modelSearch';
import { toNodeError } from '../shared/execute/nodeErrors';
import { severalFormatsOption } from '../shared/fields/severalFormats';
import { learn, openAccount } from './session';

const AUTOMATIC: INodePropertyOptions = { name: 'Automatic', value: '' };
const CUSTOM: INodePropertyOptions = { name: 'Custom…', value: 'custom' };
const USUAL_SIZES = ['1:1', '4:5', '3:4', '2:3', '9:16', '4:3', '3:2', '16:9'];

/** The well-known models that fit, and behind them what fal's catalogue finds for the operation. */
export async function searchModels(
	this: ILoadOptionsFunctions,
	filter?: string,
	cursor?: string,
): Promise<INodeListSearchResult> {
	const operation = String(this.getCurrentNodeParameter('operation'));
	const use = (operation in KNOWN_MODELS ? operation : 'generate') as Use;
	const { category, words } = CATALOGUE[use];
	const { connection, provider } = await openAccount(this);
	const typed = filter?.trim() || words;
	const found = await resultOf(
		hidingSecrets(connection.redact, async () =>
			connection.redact.value(
				provider.readModels(
					await ask(connection, provider.models({ category, words: typed, cursor })),
				),
			),
		),
	);
	if (!found.ok) throw toNodeError(this.getNode(), found.error, 0);
	const names = namesBy(KNOWN_MODELS[use]);
	const known = cursor
		? []
		: toModelList(
				KNOWN_MODELS[use].map(({ name }) => ({ id: name })),
				names,
				filter,
			).results;
	const shown = new Set(KNOWN_MODELS[use].map(({ name }) => name));
	const others = found.value.models
		.filter(({ id }) => !shown.has(id))
		.map(({ id, title }) => ({ name: title ? `${title} (${id})` : id, value: id }));
	return { results: [...known, ...others], paginationToken: found.value.cursor };
}

export async function getSizes(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	const fields = await fieldsOfModel(this);
	const { choices, isFree } = fields ? sizeWay(fields) : { choices: [], isFree: true };
	const shapes = new Set(choices.map((choice) => ratioOfChoice(choice)));
	const more = isFree ? USUAL_SIZES.filter((ratio) => !shapes.has(ratio)) : [];
	const sizes = [...choices.filter((size) => size !== 'auto'), ...more];
	return [AUTOMATIC, severalFormatsOption, ...sizes.map(sizeOption), CUSTOM];
}

export async function getQualities(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	const choices = (await fieldsOfModel(this))?.get('quality')?.choices ?? [];
	return [AUTOMATIC, ...choices.filter((quality) => quality !== 'auto').map(optionOf)];
}

/** Everything in the schema that no field of the node's own sets. */
export async function getSettings(this: ILoadOptionsFunctions): Promise<ResourceMapperFields> {
	const fields = await fieldsOfModel(this);
	const own = fields ? ownFieldsOf(fields) : new Set<string>();
	return {
		fields: [...(fields?.values() ?? [])].filter(({ name }) => !own.has(name)).map(settingOf),
		emptyFieldsNotice: fields
			? 'This model has no other settings.'
			: "fal's catalogue doesn't tell of this model's settings.",
	};
}

async function fieldsOfModel(context: ILoadOptionsFunctions): Promise<InputFields | undefined> {
	const written = context.getCurrentNodeParameter('model', { extractValue: true });
	const account = await openAccount(context);
	const learnt = await resultOf(
		hidingSecrets(account.connection.redact, async () =>
			learn(account, endpointOf(String(written ?? ''))),
		),
	);
	if (learnt.ok) {
		const { fields } = learnt.value.facts;
		return fields && new Map(account.connection.redact.value([...fields]));
	}
	throw toNodeError(context.getNode(), learnt.error, 0);
}

/** In words: fal's own say little, such as `square_hd`. */
function sizeOption(value: string): INodePropertyOptions {
	const [, width, height] = /^(\d+)[x:](\d+)$/.exec(PRESETS.get(value) ?? value) ?? [];
	if (width === undefined || height === undefined) return optionOf(value);
	const [across, down] = [Number(width), Number(height)];
	const shape = across === down ? 'Square' : across < down ? 'Portrait' : 'Landscape';
	const name = isRatio(value) ? `${shape} (${value})` : `${shape}, ${across} × ${down} Pixels`;
	return { name, value };
}

function optionOf(value: string): INodePropertyOptions {
	return { name: value, value };
}

function settingOf(field: InputField): ResourceMapperField {
	const { name, title, type, choices, isRequired, default: usual } = field;
	const isPlain = ['string', 'number', 'boolean'].includes(typeof usual);
	// A seed may have more digits than a number holds.
	const shown = name === 'seed' ? 'string' : choices ? 'options' : type;
	return {
		id: name,
		displayName: isPlain && usual !== '' ? `${title} (usually ${String(usual)})` : title,
		required: isRequired,
		defaultMatch: false,
		canBeUsedToMatch: false,
		display: true,
		removed: !isRequired,
		type: shown,
		...(shown === 'options' && { options: choices!.map(optionOf) }),
		...(isPlain && { defaultValue: usual as string | number | boolean }),
	};
}
