// JSON Schema as fal's catalogue writes it, and short ways to write a model's input fields.
export type JsonValue =
	| string
	| number
	| boolean
	| null
	| JsonValue[]
	| { [name: string]: JsonValue };

export interface JsonSchema {
	$ref?: string;
	type?: 'string' | 'integer' | 'number' | 'boolean' | 'array' | 'object';
	title?: string;
	description?: string;
	enum?: readonly string[];
	default?: JsonValue;
	minimum?: number;
	maximum?: number;
	multipleOf?: number;
	minLength?: number;
	items?: JsonSchema;
	minItems?: number;
	maxItems?: number;
	anyOf?: readonly JsonSchema[];
	properties?: Readonly<Record<string, JsonSchema>>;
	required?: readonly string[];
	'x-fal-order-properties'?: readonly string[];
}

export interface Field {
	schema: JsonSchema;
	isRequired: boolean;
}

export type Fields = Readonly<Record<string, Field>>;

const optional = (schema: JsonSchema): Field => ({ schema, isRequired: false });
const required = (schema: JsonSchema): Field => ({ schema, isRequired: true });
const withDefault = (value: JsonValue | undefined) => value !== undefined && { default: value };

export const componentRef = (name: string): JsonSchema => ({
	$ref: `#/components/schemas/${name}`,
});

export function text(description: string, standard?: string): Field {
	return optional({ type: 'string', description, ...withDefault(standard) });
}

export function requiredText(description: string, minLength?: number): Field {
	return required({ type: 'string', description, ...(minLength !== undefined && { minLength }) });
}

export function whole(
	description: string,
	minimum: number,
	maximum: number,
	standard?: number,
): Field {
	return optional({ type: 'integer', description, minimum, maximum, ...withDefault(standard) });
}

export function decimal(
	description: string,
	minimum: number,
	maximum: number,
	standard?: number,
): Field {
	return optional({ type: 'number', description, minimum, maximum, ...withDefault(standard) });
}

export function flag(description: string, standard: boolean): Field {
	return optional({ type: 'boolean', description, default: standard });
}

export function choice(description: string, values: readonly string[], standard?: string): Field {
	return optional({ type: 'string', description, enum: values, ...withDefault(standard) });
}

export function address(description: string): Field {
	return optional({ type: 'string', description });
}

export function requiredAddress(description: string): Field {
	return required({ type: 'string', description });
}

export function addresses(description: string, maxItems?: number): Field {
	return optional({ ...listOf({ type: 'string' }, maxItems), description });
}

export function requiredAddresses(description: string, maxItems?: number): Field {
	return required({ ...listOf({ type: 'string' }, maxItems), description, minItems: 1 });
}

export function listOf(items: JsonSchema, maxItems?: number): JsonSchema {
	return { type: 'array', items, ...(maxItems !== undefined && { maxItems }) };
}

export function objects(description: string, component: string): Field {
	return optional({ ...listOf(componentRef(component)), description });
}

export function object(description: string, component: string): Field {
	return optional({ ...componentRef(component), description });
}

/** One of a list, or an object of its own. */
export function choiceOrObject(
	description: string,
	values: readonly string[],
	component: string,
	standard?: string,
): Field {
	return optional({
		anyOf: [componentRef(component), { type: 'string', enum: values }],
		description,
		...withDefault(standard),
	});
}

/** What more than one model's input or output refers to. */
export const components: Readonly<Record<string, JsonSchema>> = {
	ImageSize: {
		type: 'object',
		properties: {
			width: {
				type: 'integer',
				description: 'The width of the generated image.',
				minimum: 1,
				maximum: 14142,
				default: 512,
			},
			height: {
				type: 'integer',
				description: 'The height of the generated image.',
				minimum: 1,
				maximum: 14142,
				default: 512,
			},
		},
	},
	RGBColor: {
		type: 'object',
		properties: Object.fromEntries(
			[
				['r', 'Red'],
				['g', 'Green'],
				['b', 'Blue'],
			].map(([name, colour]): [string, JsonSchema] => [
				String(name),
				{
					type: 'integer',
					description: `${colour}, 0 to 255`,
					minimum: 0,
					maximum: 255,
					default: 0,
				},
			]),
		),
	},
	ColorPalette: {
		type: 'object',
		properties: {
			members: listOf(componentRef('ColorPaletteMember')),
			name: {
				type: 'string',
				description: 'A ready palette.',
				enum: ['EMBER', 'FRESH', 'JUNGLE', 'MAGIC', 'MELON', 'MOSAIC', 'PASTEL', 'ULTRAMARINE'],
			},
		},
	},
	ColorPaletteMember: {
		type: 'object',
		properties: {
			rgb: componentRef('RGBColor'),
			color_weight: { type: 'number', minimum: 0.05, maximum: 1, default: 0.5 },
		},
		required: ['rgb'],
	},
};
