// What the editor shows of fal's models: the catalogue as one searches it, and what the chosen model lets one set.
import type {
	ILoadOptionsFunctions,
	INodeListSearchResult,
	INodePropertyOptions,
	ResourceMapperField,
	ResourceMapperFields,
} from 'n8n-workflow';

import { ask } from '../../pipeline/session';
import { endpointOf } from '../../providers/fal/ids';
import { ownFieldsOf, PRESETS, ratioOfChoice, sizeWay } from '../../providers/fal/input';
import { CATALOGUE, KNOWN_MODELS, type Use } from '../../providers/fal/models';
import type { InputField, InputFields } from '../../providers/fal/schema';
import { forEditor, knownModels } from '../shared/execute/modelSearch';
import { automaticOption, customSizeOption, sizeOption } from '../shared/fields/imageFields';
import { severalFormatsOption } from '../shared/fields/severalFormats';
import { learn, openAccount } from './session';

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
	const query = provider.models({ category, q: filter?.trim() || words, cursor });
	const page = await forEditor(connection, async () =>
		provider.readModels(await ask(connection, query)),
	);
	const { results: known } = await knownModels(KNOWN_MODELS[use]).call(this, filter);
	const shown = new Set(KNOWN_MODELS[use].map(({ name }) => name));
	const others = page.models
		.filter(({ id }) => !shown.has(id))
		.map(({ id, title }) => ({ name: title ? `${title} (${id})` : id, value: id }));
	return { results: cursor ? others : [...known, ...others], paginationToken: page.cursor };
}

export async function getSizes(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	const fields = await fieldsOfModel(this);
	const { choices, isFree } = fields ? sizeWay(fields) : { choices: [], isFree: true };
	const shapes = new Set(choices.map((choice) => ratioOfChoice(choice)));
	const more = isFree ? USUAL_SIZES.filter((ratio) => !shapes.has(ratio)) : [];
	const sizes = [...choices.filter((size) => size !== 'auto'), ...more];
	return [automaticOption, severalFormatsOption, ...sizes.map(sizeOf), customSizeOption];
}

export async function getQualities(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	const choices = (await fieldsOfModel(this))?.get('quality')?.choices ?? [];
	return [automaticOption, ...choices.filter((quality) => quality !== 'auto').map(optionOf)];
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
	const { facts } = await forEditor(account.connection, async () =>
		learn(account, endpointOf(String(written ?? ''))),
	);
	return facts.fields && new Map(account.connection.redact.value([...facts.fields]));
}

/** fal's own words say little, such as `square_hd`. */
function sizeOf(value: string): INodePropertyOptions {
	return { ...sizeOption(PRESETS.get(value) ?? value), value };
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
		displayName: isPlain && usual !== '' ? `${title} (usually ${inWords(usual)})` : title,
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

/** As the editor shows it: what is true or false there is a switch. */
function inWords(usual: unknown): string {
	return typeof usual === 'boolean' ? (usual ? 'on' : 'off') : String(usual);
}
