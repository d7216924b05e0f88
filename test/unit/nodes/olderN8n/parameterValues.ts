// What people may have chosen in a node: every operation, with every value that a field is shown or hidden for.
import type { INodeParameters, INodeProperties, NodeParameterValue } from 'n8n-workflow';

/** Names of every kind that a condition tells apart, and none. */
const MODELS = [
	'gpt-image-1',
	'gpt-image-1-mini',
	'gpt-image-1.5-2025-12-16',
	'gpt-image-2',
	'gpt-image-2-2026-04-21',
	'gpt-image-2.5-flare-2026-09-08',
	'gpt-4o-image',
	'openai/gpt-image-2',
	'dall-e-3',
	'google/gemini-3-pro-image',
	'={{ $json.model }}',
	'',
];

/** Every mixture of what a person can choose, operation by operation. */
export function choices(properties: INodeProperties[]): INodeParameters[] {
	return operations(properties).flatMap((operation) =>
		mixtures(operation, ownFields(properties, operation)),
	);
}

function operations(properties: INodeProperties[]): INodeParameters[] {
	const found = properties.filter(({ name }) => name === 'operation');
	if (found.length === 0) return [{}];
	return found.flatMap((field) =>
		optionValues(field).map((operation) => ({
			resource: field.displayOptions!.show!.resource![0] as string,
			operation,
		})),
	);
}

function ownFields(properties: INodeProperties[], chosen: INodeParameters): INodeProperties[] {
	return properties.filter(({ displayOptions }) =>
		Object.entries(chosen).every(([name, value]) => {
			const wanted = displayOptions?.show?.[name];
			return wanted === undefined || (wanted as unknown[]).includes(value);
		}),
	);
}

function mixtures(operation: INodeParameters, fields: INodeProperties[]): INodeParameters[] {
	const rest = Object.fromEntries(fields.map((field) => [field.name, filled(field)]));
	let found: INodeParameters[] = [{ ...rest, ...operation } as INodeParameters];
	for (const [name, values] of deciding(fields)) {
		if (name in operation) continue;
		const isLocator = fields.find((field) => field.name === name)?.type === 'resourceLocator';
		found = found.flatMap((mixture) =>
			values.map((value) => ({
				...mixture,
				[name]: isLocator ? { __rl: true, mode: 'id', value } : value,
			})),
		) as INodeParameters[];
	}
	return found;
}

/** The fields that others depend on, and the values to try. */
function deciding(fields: INodeProperties[]): Map<string, NodeParameterValue[]> {
	const found = new Map<string, NodeParameterValue[]>();
	const nested = fields.flatMap(entriesOf);
	for (const { displayOptions } of [...fields, ...nested]) {
		for (const [key, wanted] of Object.entries({
			...displayOptions?.show,
			...displayOptions?.hide,
		})) {
			const name = key.replace('/', '');
			const field = fields.find((candidate) => candidate.name === name);
			if (!field) continue;
			const exact = (wanted ?? []).filter((value) => typeof value !== 'object');
			const usual = name === 'model' ? MODELS : [field.default as NodeParameterValue];
			const values = [...usual, ...(found.get(name) ?? []), ...exact] as NodeParameterValue[];
			found.set(name, [...new Set(values)]);
		}
	}
	return found;
}

/** The field's usual value; a collection with all that can be added to it. */
function filled(field: INodeProperties): unknown {
	if (field.type === 'collection') {
		return Object.fromEntries(entriesOf(field).map((entry) => [entry.name, entry.default]));
	}
	if (field.type !== 'fixedCollection') return field.default;
	const groups = (field.options ?? []) as Array<{ name: string; values: INodeProperties[] }>;
	return Object.fromEntries(
		groups.map(({ name, values }) => [
			name,
			values.flatMap((entry) =>
				optionValues(entry).map((value) => ({
					...Object.fromEntries(values.map((other) => [other.name, other.default])),
					[entry.name]: value,
				})),
			),
		]),
	);
}

/** The fields within a collection. */
export function entriesOf({ type, options }: INodeProperties): INodeProperties[] {
	if (type === 'collection') return options as INodeProperties[];
	if (type !== 'fixedCollection') return [];
	return (options as Array<{ values: INodeProperties[] }>).flatMap(({ values }) => values);
}

function optionValues({ type, options }: INodeProperties): string[] {
	if (type !== 'options') return [];
	return (options ?? []).map((option) => String((option as { value: unknown }).value));
}
