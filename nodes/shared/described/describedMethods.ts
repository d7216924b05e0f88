// What the editor shows of models that describe themselves: the catalogue as one searches it, and what the chosen model lets
// one set.
import type {
	ILoadOptionsFunctions,
	INodeListSearchResult,
	INodePropertyOptions,
	INodeType,
	ResourceMapperField,
	ResourceMapperFields,
} from 'n8n-workflow';

import { ask } from '../../../pipeline/session';
import type { KnownModels, Use } from '../../../providers/described/describedModels';
import { ownFieldsOf, sizeWay, type Dialect } from '../../../providers/described/dialect';
import type { InputField, InputFields } from '../../../providers/described/inputFields';
import { ratioOfChoice } from '../../../providers/described/sizes';
import { forEditor, knownModels } from '../execute/modelSearch';
import type { OpenAccount } from '../execute/openAccount';
import { automaticOption, customSizeOption, sizeOption } from '../fields/imageFields';
import { severalFormatsOption } from '../fields/severalFormats';
import { learn, type LearningProvider } from './learnModels';

const USUAL_SIZES = ['1:1', '4:5', '3:4', '2:3', '9:16', '4:3', '3:2', '16:9'];

/** The methods that the fields of `describedImages` name. */
export function describedMethods(
	openAccount: OpenAccount<LearningProvider>,
	known: KnownModels,
): Required<
	Pick<NonNullable<INodeType['methods']>, 'listSearch' | 'loadOptions' | 'resourceMapping'>
> {
	return {
		listSearch: { searchModels },
		loadOptions: {
			async getSizes(this: ILoadOptionsFunctions) {
				return sizesOf(await describedModel(this));
			},
			async getQualities(this: ILoadOptionsFunctions) {
				return qualitiesOf(await describedModel(this));
			},
		},
		resourceMapping: {
			async getSettings(this: ILoadOptionsFunctions) {
				return settingsOf(await describedModel(this));
			},
		},
	};

	/** The well-known models that fit, and behind them what the catalogue finds for the operation. */
	async function searchModels(
		this: ILoadOptionsFunctions,
		filter?: string,
		cursor?: string,
	): Promise<INodeListSearchResult> {
		const operation = String(this.getCurrentNodeParameter('operation'));
		const use = (operation in known ? operation : 'generate') as Use;
		const { connection, provider } = await openAccount(this);
		const page = await forEditor(connection, async () =>
			provider.readModels(await ask(connection, provider.models(use, filter?.trim(), cursor))),
		);
		const { results } = await knownModels(known[use]).call(this, filter);
		const shown = new Set(known[use].map(({ name }) => name));
		const others = page.models
			.filter(({ id }) => !shown.has(id))
			.map(({ id, title }) => ({ name: title ? `${title} (${id})` : id, value: id }));
		return { results: cursor ? others : [...results, ...others], paginationToken: page.cursor };
	}

	/** The model that is chosen in the editor. */
	async function describedModel(context: ILoadOptionsFunctions): Promise<DescribedModel> {
		const written = context.getCurrentNodeParameter('model', { extractValue: true });
		const account = await openAccount(context);
		const { connection, provider } = account;
		const { facts } = await forEditor(connection, async () =>
			learn(account, provider.modelOf(String(written ?? ''))),
		);
		const fields = facts.fields && new Map(connection.redact.value([...facts.fields]));
		return { fields, provider };
	}
}

interface DescribedModel {
	fields?: InputFields;
	provider: { name: string; dialect: Dialect };
}

function sizesOf({ fields, provider: { dialect } }: DescribedModel): INodePropertyOptions[] {
	const { choices, isFree } = fields ? sizeWay(fields, dialect) : { choices: [], isFree: true };
	const shapes = new Set(choices.map((choice) => ratioOfChoice(choice, dialect)));
	const more = isFree ? USUAL_SIZES.filter((ratio) => !shapes.has(ratio)) : [];
	const sizes = [...choices.filter((size) => size !== 'auto'), ...more];
	// A provider's own words say little, such as `square_hd`.
	const options = sizes.map((size) => ({
		...sizeOption(dialect.presets.get(size) ?? size),
		value: size,
	}));
	return [automaticOption, severalFormatsOption, ...options, customSizeOption];
}

function qualitiesOf({ fields }: DescribedModel): INodePropertyOptions[] {
	const choices = fields?.get('quality')?.choices ?? [];
	return [automaticOption, ...choices.filter((quality) => quality !== 'auto').map(optionOf)];
}

/** Everything in the schema that no field of the node's own sets. */
function settingsOf({ fields, provider: { name, dialect } }: DescribedModel): ResourceMapperFields {
	if (!fields) {
		const emptyFieldsNotice = `${name}'s catalogue doesn't tell of this model's settings.`;
		return { fields: [], emptyFieldsNotice };
	}
	const own = ownFieldsOf(fields, dialect);
	const others = [...fields.values()].filter((field) => !own.has(field.name));
	return {
		fields: others.map(settingOf),
		emptyFieldsNotice: 'This model has no other settings.',
	};
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
