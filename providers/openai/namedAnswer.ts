// An answer in named fields: they become a strict JSON schema, and what comes back gets the person's names again.
import { parseJson } from '../answers/json';
import { objectOf } from '../answers/loose';
import { badInput } from '../failure';

export interface AnswerField {
	/** As the person calls it, and finds it on the item. */
	name: string;
	type: 'boolean' | 'number' | 'text' | 'texts';
	/** What belongs in it. */
	description?: string;
}

const SCHEMAS: Readonly<Record<AnswerField['type'], object>> = {
	boolean: { type: 'boolean' },
	number: { type: 'number' },
	text: { type: 'string' },
	texts: { type: 'array', items: { type: 'string' } },
};
/** What a value of the type comes to; undefined where it is none. */
const READERS: Readonly<Record<AnswerField['type'], (value: unknown) => unknown>> = {
	boolean: (value) => (typeof value === 'boolean' ? value : undefined),
	number: readNumber,
	text: (value) => (typeof value === 'string' ? value : undefined),
	texts: (value) => {
		const isOfTexts = Array.isArray(value) && value.every((each) => typeof each === 'string');
		return isOfTexts ? value : undefined;
	},
};
/** As a number, it would lose digits. */
const LONG_NUMBER = /^-?\d{16,}$/;
/** Other names are kept from the server: it is told them in words. */
const SAFE_NAME = /^[a-zA-Z_][a-zA-Z0-9_-]{0,63}$/;

/** Throws a badInput failure when these are no fields to answer in. */
export function checkAnswerFields(fields: AnswerField[]): void {
	if (fields.length === 0) {
		throw badInput(
			'There is no field to answer in.',
			'Add one under Answer Fields, or set Answer In to Text.',
		);
	}
	const names = fields.map(({ name }) => name);
	if (names.includes('')) {
		throw badInput('An answer field has no name.', 'Enter a Name for each of the Answer Fields.');
	}
	const twice = names.find((name, index) => names.indexOf(name) !== index);
	if (twice === undefined) return;
	throw badInput(
		`There are two answer fields called "${twice}".`,
		'Give each of the Answer Fields a name of its own.',
	);
}

/** In strict mode every object forbids others than its own properties, and demands all of these. */
export function responseFormatOf(fields: AnswerField[]): Record<string, unknown> {
	const properties = fields.map((field, index) => {
		const { name, type, description } = field;
		const key = keyOf(field, index, fields);
		const words = [key === name ? '' : name, description ?? ''].filter((each) => each !== '');
		const told = words.length > 0 ? { description: words.join(': ') } : {};
		return [key, { ...SCHEMAS[type], ...told }] as const;
	});
	return {
		type: 'json_schema',
		json_schema: {
			name: 'answer',
			strict: true,
			schema: {
				type: 'object',
				properties: Object.fromEntries(properties),
				required: properties.map(([key]) => key),
				additionalProperties: false,
			},
		},
	};
}

export interface NamedAnswer {
	/** The values under the person's names, null where there is none. Undefined where nothing came that was asked for. */
	answer?: Record<string, unknown>;
	/** The names of the fields that are missing, or of another type. */
	lacking: string[];
}

export function namedAnswer(text: string, fields: AnswerField[]): NamedAnswer {
	const found = new Map(Object.entries(objectOf(jsonAnswer(text)) ?? {}));
	const keys = fields.map((field, index) => keyOf(field, index, fields));
	const values = fields.map(({ name, type }, index) => {
		const value = valueUnder(keys[index]!, found, keys);
		return [name, value === null ? null : READERS[type](value)] as const;
	});
	const lacking = values.filter(([, value]) => value === undefined).map(([name]) => name);
	if (lacking.length === fields.length) return { lacking };
	const answer = Object.fromEntries(values.map(([name, value]) => [name, value ?? null]));
	return { answer, lacking };
}

/** Some models write names in other letters: as long as they are no other field's. */
function valueUnder(key: string, found: ReadonlyMap<string, unknown>, keys: string[]): unknown {
	if (found.has(key)) return found.get(key);
	const alike = [...found.keys()].find(
		(other) => other.toLowerCase() === key.toLowerCase() && !keys.includes(other),
	);
	return alike === undefined ? undefined : found.get(alike);
}

const FENCE = /^```[a-z]*\n([^]*)\n```$/i;

/** The data in a text of JSON, which some servers put into a block of code. Undefined when it can't be read. */
export function jsonAnswer(text: string): unknown {
	const trimmed = text.trim();
	const [, inner = trimmed] = FENCE.exec(trimmed) ?? [];
	return parseJson(inner);
}

/** Also one in quotes, as some servers write it. */
function readNumber(value: unknown): unknown {
	if (typeof value === 'number') return value;
	if (typeof value !== 'string' || value.trim() === '' || !Number.isFinite(Number(value))) {
		return undefined;
	}
	return LONG_NUMBER.test(value) ? value : Number(value);
}

/** What the server calls the field. */
function keyOf({ name }: AnswerField, index: number, fields: AnswerField[]): string {
	if (SAFE_NAME.test(name)) return name;
	let key = `field_${index + 1}`;
	while (fields.some((other) => other.name === key)) key += '_';
	return key;
}
