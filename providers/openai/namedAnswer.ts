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

/** The values under the person's names, null where the answer lacks one. Undefined when it is no object. */
export function namedAnswer(
	text: string,
	fields: AnswerField[],
): Record<string, unknown> | undefined {
	const found = objectOf(jsonAnswer(text));
	if (!found) return undefined;
	const values = fields.map((field, index) => {
		return [field.name, found[keyOf(field, index, fields)] ?? null] as const;
	});
	return Object.fromEntries(values);
}

const FENCE = /^```[a-z]*\n([^]*)\n```$/i;

/** The data in a text of JSON, which some servers put into a block of code. Undefined when it can't be read. */
export function jsonAnswer(text: string): unknown {
	const trimmed = text.trim();
	const [, inner = trimmed] = FENCE.exec(trimmed) ?? [];
	return parseJson(inner);
}

/** What the server calls the field. */
function keyOf({ name }: AnswerField, index: number, fields: AnswerField[]): string {
	if (SAFE_NAME.test(name)) return name;
	let key = `field_${index + 1}`;
	while (fields.some((other) => other.name === key)) key += '_';
	return key;
}
