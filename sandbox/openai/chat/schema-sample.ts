// Fills a JSON schema with what is known: the answer to response_format json_schema.
import { isObject, type Values } from '../fields';
import type { SeenPicture } from './colours';

export interface Knowledge {
	pictures: SeenPicture[];
	/** What a plain answer would say. */
	text: string;
}

/** Always an instance of the schema, as far as types, enums, required properties and array bounds go. */
export function fillSchema(schema: unknown, knowledge: Knowledge): unknown {
	return fill(schema, '', knowledge, knowledge.pictures[0], schema);
}

function fill(
	given: unknown,
	name: string,
	knowledge: Knowledge,
	picture: SeenPicture | undefined,
	root: unknown,
): unknown {
	const schema = resolve(given, root);
	if (schema.const !== undefined) return schema.const;
	if (Array.isArray(schema.enum)) return fromEnum(schema.enum, picture);
	const [option] = [schema.anyOf, schema.oneOf].find(Array.isArray) ?? [];
	if (option !== undefined) return fill(option, name, knowledge, picture, root);
	const type: unknown = Array.isArray(schema.type) ? schema.type[0] : schema.type;
	switch (type) {
		case 'array': {
			const least = typeof schema.minItems === 'number' ? schema.minItems : 0;
			const entries = knowledge.pictures.length > 0 ? knowledge.pictures : [undefined];
			const filled = Array.from({ length: Math.max(least, entries.length) }, (_, index) =>
				fill(schema.items, name, knowledge, entries[index] ?? entries[0], root),
			);
			return typeof schema.maxItems === 'number' ? filled.slice(0, schema.maxItems) : filled;
		}
		case 'integer':
		case 'number':
			return numberFor(name, knowledge, picture);
		case 'boolean':
			return true;
		case 'null':
			return null;
		case 'string':
			return textFor(name, knowledge, picture);
		default:
			return fillObject(schema, knowledge, picture, root);
	}
}

function fillObject(
	schema: Values,
	knowledge: Knowledge,
	picture: SeenPicture | undefined,
	root: unknown,
): Values {
	const properties = isObject(schema.properties) ? schema.properties : {};
	return Object.fromEntries(
		Object.entries(properties).map(([name, property]) => [
			name,
			fill(property, name, knowledge, picture, root),
		]),
	);
}

function resolve(schema: unknown, root: unknown): Values {
	if (!isObject(schema)) return {};
	if (typeof schema.$ref !== 'string') return schema;
	const steps = schema.$ref.replace(/^#\/?/, '').split('/').filter(Boolean);
	let found: unknown = root;
	for (const step of steps) found = isObject(found) ? found[step] : undefined;
	return isObject(found) && found !== schema ? found : {};
}

function fromEnum(choices: unknown[], picture: SeenPicture | undefined): unknown {
	return choices.find((choice) => choice === picture?.colour) ?? choices[0];
}

function numberFor(name: string, { pictures }: Knowledge, picture: SeenPicture | undefined) {
	if (/width/i.test(name)) return picture?.width ?? 0;
	if (/height/i.test(name)) return picture?.height ?? 0;
	return /count|number/i.test(name) ? pictures.length : 1;
}

function textFor(name: string, { text }: Knowledge, picture: SeenPicture | undefined): string {
	if (/hashtag/i.test(name)) return `#${picture?.colour ?? 'sandbox'}`;
	if (picture && /colou?r/i.test(name)) return picture.colour;
	if (picture && /size|dimension/i.test(name)) return `${picture.width}x${picture.height}`;
	// A question tells first what it is about, and then what is to be seen.
	const sentences = text.split(/(?<=[.!?])\s+/);
	if (/caption/i.test(name)) return sentences[0] ?? text;
	return /^alt/i.test(name) ? (sentences.at(-1) ?? text) : text;
}
