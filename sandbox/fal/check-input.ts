// Checks a request's input with its model's schema, as pydantic does: unknown fields are let through.
import { components, type JsonSchema } from './catalogue/schema';
import { inputSchema } from './catalogue/openapi';
import type { Model } from './catalogue/model';
import { FalError, type Problem, problem } from './errors';
import type { Input } from './job';

/** Returns the input with the defaults filled in. Throws 422 with everything that is wrong. */
export function checkInput(model: Model, body: unknown): Input {
	if (typeof body !== 'object' || body === null || Array.isArray(body)) {
		const words = 'Input should be a valid dictionary or object to extract fields from';
		throw new FalError(422, [problem(['body'], 'model_attributes_type', words, { input: body })]);
	}
	const schema = inputSchema(model);
	const problems = problemsOfObject(schema, body as Input, ['body']);
	if (problems.length > 0) throw new FalError(422, problems);
	return withDefaults(schema, body as Input);
}

function withDefaults({ properties = {} }: JsonSchema, body: Input): Input {
	const whole: Input = { ...body };
	for (const [name, { default: standard }] of Object.entries(properties)) {
		if (whole[name] === undefined && standard !== undefined) whole[name] = standard;
	}
	return whole;
}

function problemsOfObject(
	{ properties = {}, required = [] }: JsonSchema,
	value: Input,
	loc: Problem['loc'],
): Problem[] {
	return Object.entries(properties).flatMap(([name, schema]) => {
		const here = [...loc, name];
		const given = value[name];
		if (given === undefined) {
			if (!required.includes(name)) return [];
			return [problem(here, 'missing', 'Field required', { input: value })];
		}
		// A field without a default may be nothing.
		if (given === null && !required.includes(name) && schema.default === undefined) return [];
		return problemsOf(schema, given, here);
	});
}

function problemsOf(schema: JsonSchema, value: unknown, loc: Problem['loc']): Problem[] {
	if (schema.$ref !== undefined) return problemsOf(componentOf(schema.$ref), value, loc);
	if (schema.anyOf) {
		const found = schema.anyOf.map((each) => problemsOf(each, value, loc));
		if (found.some((problems) => problems.length === 0)) return [];
		// An object is meant where there is one, and one of the words otherwise.
		return (typeof value === 'object' ? found[0] : found.at(-1)) ?? [];
	}
	const wrong = (type: string, msg: string, ctx?: Record<string, unknown>) => [
		problem(loc, type, msg, { input: value, ...(ctx && { ctx }) }),
	];
	switch (schema.type) {
		case 'string':
			if (typeof value !== 'string') return wrong('string_type', 'Input should be a valid string');
			return ofText(schema, value, wrong);
		case 'boolean':
			if (typeof value === 'boolean') return [];
			return wrong('bool_type', 'Input should be a valid boolean');
		case 'integer':
			if (typeof value !== 'bigint' && !Number.isInteger(value)) {
				return wrong('int_type', 'Input should be a valid integer');
			}
			return ofNumber(schema, Number(value), wrong);
		case 'number':
			if (typeof value !== 'number') return wrong('float_type', 'Input should be a valid number');
			return ofNumber(schema, value, wrong);
		case 'array':
			if (!Array.isArray(value)) return wrong('list_type', 'Input should be a valid list');
			return ofList(schema, value, loc, wrong);
		default:
			if (typeof value !== 'object' || value === null || Array.isArray(value)) {
				return wrong('dict_type', 'Input should be a valid dictionary');
			}
			return problemsOfObject(schema, value as Input, loc);
	}
}

type Wrong = (type: string, msg: string, ctx?: Record<string, unknown>) => Problem[];

function ofText({ enum: words, minLength = 0 }: JsonSchema, value: string, wrong: Wrong) {
	if (words && !words.includes(value)) {
		const quoted = words.map((word) => `'${word}'`);
		const expected = [quoted.slice(0, -1).join(', '), quoted.at(-1)].filter(Boolean).join(' or ');
		return wrong('literal_error', `Input should be ${expected}`, { expected });
	}
	if (value.length < minLength) {
		const words = `String should have at least ${minLength} characters`;
		return wrong('string_too_short', words, { min_length: minLength });
	}
	return [];
}

function ofNumber({ minimum, maximum }: JsonSchema, value: number, wrong: Wrong): Problem[] {
	if (minimum !== undefined && value < minimum) {
		const words = `Input should be greater than or equal to ${minimum}`;
		return wrong('greater_than_equal', words, { ge: minimum });
	}
	if (maximum !== undefined && value > maximum) {
		const words = `Input should be less than or equal to ${maximum}`;
		return wrong('less_than_equal', words, { le: maximum });
	}
	return [];
}

function ofList(schema: JsonSchema, value: unknown[], loc: Problem['loc'], wrong: Wrong) {
	const { items, minItems = 0, maxItems = Infinity } = schema;
	if (value.length < minItems) {
		const words = `List should have at least ${minItems} item after validation`;
		return wrong('sequence_too_short', words, { min_length: minItems });
	}
	if (value.length > maxItems) {
		const words = `List should have at most ${maxItems} items after validation`;
		return wrong('sequence_too_long', words, { max_length: maxItems });
	}
	return items ? value.flatMap((each, index) => problemsOf(items, each, [...loc, index])) : [];
}

function componentOf(reference: string): JsonSchema {
	return components[reference.split('/').at(-1) ?? ''] ?? {};
}
