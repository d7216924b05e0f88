// What OpenAI demands of a JSON schema with "strict": its guide on Structured Outputs, in the words of its refusals.
import { OpenAIError } from '../errors';
import { isObject, type Values } from '../fields';

const MAX_DEPTH = 10;
const MAX_PROPERTIES = 5000;
const TYPES = new Set(['string', 'number', 'boolean', 'integer', 'object', 'array', 'null']);
/** By type; these stand anywhere. */
const ANYWHERE = [
	'type',
	'description',
	'title',
	'enum',
	'const',
	'anyOf',
	'$ref',
	'$defs',
	'$schema',
	'$id',
];
const OF_TYPE: Readonly<Record<string, readonly string[]>> = {
	string: ['pattern', 'format'],
	number: ['multipleOf', 'maximum', 'exclusiveMaximum', 'minimum', 'exclusiveMinimum'],
	integer: ['multipleOf', 'maximum', 'exclusiveMaximum', 'minimum', 'exclusiveMinimum'],
	array: ['items', 'minItems', 'maxItems'],
	object: ['properties', 'required', 'additionalProperties', 'definitions'],
};

interface Walk {
	/** Of the response format. */
	name: string;
	properties: number;
}

/** Refuses a schema that strict mode doesn't take. */
export function checkStrictSchema(name: string, schema: Values): void {
	if (schema.type !== 'object') {
		const type = schema.type === undefined ? 'None' : JSON.stringify(schema.type);
		throw refused(name, `schema must be a JSON Schema of 'type: "object"', got 'type: ${type}'.`);
	}
	check(schema, [], 1, { name, properties: 0 });
}

function check(given: unknown, path: string[], depth: number, walk: Walk): void {
	const fail = (problem: string) => refused(walk.name, `In context=${written(path)}, ${problem}`);
	if (!isObject(given)) throw fail('schema must be an object.');
	if (depth > MAX_DEPTH)
		throw fail(`${MAX_DEPTH} levels of nesting exceeds limit of ${MAX_DEPTH}.`);
	if (given.$ref !== undefined) return;
	const { anyOf, items, enum: choices } = given;
	for (const part of ['$defs', 'definitions']) {
		for (const [key, each] of Object.entries(isObject(given[part]) ? given[part] : {})) {
			check(each, [...path, part, key], depth, walk);
		}
	}
	if (anyOf !== undefined) {
		if (!Array.isArray(anyOf)) throw fail("'anyOf' must be an array.");
		anyOf.forEach((each, index) => check(each, [...path, 'anyOf', String(index)], depth, walk));
		return;
	}
	const types = [given.type].flat();
	const known = types.filter((type): type is string => TYPES.has(String(type)));
	if (known.length === 0 && choices === undefined && given.const === undefined) {
		throw fail("schema must have a 'type' key.");
	}
	const allowed = new Set([...ANYWHERE, ...known.flatMap((type) => OF_TYPE[type] ?? [])]);
	const other = Object.keys(given).find((key) => !allowed.has(key));
	if (other !== undefined) throw fail(`'${other}' is not permitted.`);
	if (known.includes('array')) {
		if (items === undefined) throw fail('array schema missing items.');
		check(items, [...path, 'items'], depth + 1, walk);
	}
	if (known.includes('object')) checkObject(given, path, depth, walk, fail);
}

function checkObject(
	schema: Values,
	path: string[],
	depth: number,
	walk: Walk,
	fail: (problem: string) => OpenAIError,
): void {
	if (schema.additionalProperties !== false) {
		throw fail("'additionalProperties' is required to be supplied and to be false.");
	}
	const properties = isObject(schema.properties) ? schema.properties : {};
	const names = Object.keys(properties);
	walk.properties += names.length;
	if (walk.properties > MAX_PROPERTIES) {
		throw fail(`${walk.properties} properties exceeds limit of ${MAX_PROPERTIES}.`);
	}
	const demand =
		"'required' is required to be supplied and to be an array including every key in properties.";
	const required = Array.isArray(schema.required) ? (schema.required as unknown[]) : [];
	const missing = names.find((name) => !required.includes(name));
	if (missing !== undefined) throw fail(`${demand} Missing '${missing}'.`);
	const extra = required.find((name) => !names.includes(String(name)));
	if (extra !== undefined) throw fail(`${demand} Extra required key '${String(extra)}' supplied.`);
	for (const [name, each] of Object.entries(properties)) {
		check(each, [...path, 'properties', name], depth + 1, walk);
	}
}

/** As Python writes a tuple. */
function written(path: string[]): string {
	const quoted = path.map((each) => `'${each}'`);
	return quoted.length === 1 ? `(${quoted[0]!},)` : `(${quoted.join(', ')})`;
}

function refused(name: string, problem: string): OpenAIError {
	return new OpenAIError(400, `Invalid schema for response_format '${name}': ${problem}`, {
		param: 'response_format',
		code: null,
	});
}
