// What a model takes, by the OpenAPI schema of its input. Every schema is safe to read: loops, hundreds of fields, none at all.
import {
	fieldsOf,
	itemsOf,
	listOf,
	objectOf,
	textOf,
	wordOf,
	type JsonObject,
} from '../answers/loose';

const TYPES = ['string', 'number', 'boolean', 'array', 'object'] as const;

export interface InputField {
	name: string;
	title: string;
	type: (typeof TYPES)[number];
	isInteger: boolean;
	/** The only words that are taken, where it is a choice. */
	choices?: string[];
	/** Whether it may also be written as an object, such as a width and a height. */
	takesObject: boolean;
	isRequired: boolean;
	default?: unknown;
	min?: number;
	max?: number;
	maxItems?: number;
}

/** By their names, in the order in which the provider shows them. */
export type InputFields = ReadonlyMap<string, InputField>;

/** More fields than these no model has, and nobody reads. */
const MAX_FIELDS = 300;
const MAX_VARIANTS = 20;
const MAX_CHOICES = 200;
const MAX_LEVELS = 6;

/** The input of what is posted to `path`, or else the schema that is called so. Undefined where there is none. */
export function inputFieldsIn(openapi: unknown, path: string): InputFields | undefined {
	const schemas = fieldsOf(fieldsOf(fieldsOf(openapi).components).schemas);
	const paths = fieldsOf(fieldsOf(openapi).paths);
	const post = fieldsOf(fieldsOf(paths[path]).post);
	const content = fieldsOf(fieldsOf(post.requestBody).content);
	const named = Object.keys(schemas).find((name) => name.endsWith('Input'));
	const body = fieldsOf(content['application/json']).schema ?? schemas[named ?? ''];
	const [input] = variantsOf(body, schemas);
	const properties = objectOf(input?.properties);
	if (!input || !properties) return undefined;
	const names = orderOf(input, properties).slice(0, MAX_FIELDS);
	const required = new Set(listOf(input.required));
	return new Map(
		names.map((name) => [name, fieldIn(name, properties[name], schemas, required.has(name))]),
	);
}

/** As the schema lists the names (fal), or each property its own place (Replicate). What has no place stands last. */
function orderOf(input: JsonObject, properties: JsonObject): string[] {
	const order = itemsOf(input['x-fal-order-properties']).flatMap((name) => textOf(name) ?? []);
	const placeOf = (name: string): number => {
		const { 'x-order': place } = fieldsOf(properties[name]);
		return typeof place === 'number' ? place : Number.MAX_VALUE;
	};
	const byPlace = Object.keys(properties).sort((a, b) => placeOf(a) - placeOf(b));
	return [...new Set([...order, ...byPlace])].filter((name) => Object.hasOwn(properties, name));
}

function fieldIn(
	name: string,
	property: unknown,
	schemas: JsonObject,
	isRequired: boolean,
): InputField {
	const own = fieldsOf(property);
	const variants = variantsOf(property, schemas).filter(({ type }) => type !== 'null');
	const words = variants.flatMap(({ type }) => textOf(type) ?? []);
	const choices = variants
		.flatMap((each) => listOf(each.enum) ?? (each.const === undefined ? [] : [each.const]))
		.flatMap((each) => wordOf(each) ?? [])
		.slice(0, MAX_CHOICES);
	const isOpen = variants.some(
		(each) => each.type === 'string' && !each.enum && each.const === undefined,
	);
	const numberIn = (key: string) =>
		variants.map((each) => each[key]).find((each) => typeof each === 'number') as
			| number
			| undefined;
	return {
		name,
		title: textOf(own.title) ?? name,
		type: words[0] === 'integer' ? 'number' : (TYPES.find((type) => type === words[0]) ?? 'string'),
		isInteger: words.includes('integer'),
		choices: choices.length > 0 && !isOpen ? choices : undefined,
		takesObject: words.includes('object'),
		isRequired,
		default: own.default,
		min: numberIn('minimum'),
		max: numberIn('maximum'),
		maxItems: numberIn('maxItems'),
	};
}

/** The schema itself, or each that may stand in its place. What leads back to where it came from ends there. */
function variantsOf(schema: unknown, schemas: JsonObject, level = 0): JsonObject[] {
	const node = objectOf(schema);
	if (!node || level > MAX_LEVELS) return [];
	const reference = textOf(node.$ref)?.split('/').at(-1);
	if (reference !== undefined) return variantsOf(schemas[reference], schemas, level + 1);
	const inner = [node.anyOf, node.oneOf, node.allOf].flatMap((list) => itemsOf(list));
	if (inner.length === 0) return [node];
	return inner
		.slice(0, MAX_VARIANTS)
		.flatMap((each) => variantsOf(each, schemas, level + 1))
		.slice(0, MAX_VARIANTS);
}
