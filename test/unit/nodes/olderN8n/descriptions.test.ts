// Every description on the n8n that people have: it loads, nothing in it throws, and it shows the same fields as today.
import { isDeepStrictEqual } from 'util';

import type { INode, INodeParameters, INodeProperties, INodeTypeDescription } from 'n8n-workflow';

import { choices, entriesOf } from './parameterValues';
import {
	credentialFiles,
	credentialIn,
	nodeFiles,
	nodeIn,
	older,
	today,
	type N8nWorkflow,
} from './versions';

const onEachOlder = older.flatMap(([n8n, workflow]) =>
	nodeFiles.map((file) => ({ n8n, workflow, file })),
);

function nodeWith(description: INodeTypeDescription, parameters: INodeParameters): INode {
	const { name, version } = description;
	return {
		id: 'node',
		name,
		type: name,
		typeVersion: version as number,
		position: [0, 0],
		parameters,
	};
}

/** What this n8n makes of a person's choices: which fields it shows, what it runs the node with, what it complains of. */
function seenBy(
	{ NodeHelpers }: N8nWorkflow,
	description: INodeTypeDescription,
	parameters: INodeParameters,
) {
	const { properties, credentials = [] } = description;
	const node = nodeWith(description, parameters);
	const valuesOf = (withHidden: boolean) =>
		NodeHelpers.getNodeParameters(properties, parameters, true, withHidden, node, description);
	const isShown = (
		field: Parameters<typeof NodeHelpers.displayParameter>[1],
		values = parameters,
	) => NodeHelpers.displayParameter(values, field, node, description, parameters);
	return {
		fields: properties.filter((field) => isShown(field)).map(({ displayName }) => displayName),
		entries: properties.flatMap((field) =>
			entriesOf(field)
				.filter((entry) => isShown(entry, (parameters[field.name] ?? {}) as INodeParameters))
				.map(({ displayName }) => displayName),
		),
		credentials: credentials.map((credential) => isShown(credential)),
		values: valuesOf(false),
		valuesWithHidden: valuesOf(true),
		issues: NodeHelpers.getNodeParametersIssues(
			properties,
			{ ...node, parameters: valuesOf(false) ?? {} },
			description,
		),
	};
}

test.each(onEachOlder)('n8n $n8n describes $file as today', ({ workflow, file }) => {
	const { description } = nodeIn(workflow, file);
	expect(JSON.stringify(description)).toBe(JSON.stringify(nodeIn(today, file).description));
});

test.each(onEachOlder)('n8n $n8n shows the same fields of $file', ({ workflow, file }) => {
	const { description } = nodeIn(workflow, file);
	const differing = [{}, ...choices(description.properties)].filter((parameters) => {
		const [there, here] = [workflow, today].map((n8n) => seenBy(n8n, description, parameters));
		return !isDeepStrictEqual(there, here);
	});
	expect(differing).toEqual([]);
});

test.each(older)('n8n %s shows every field of the credentials', (_n8n, workflow) => {
	expect(credentialFiles).toHaveLength(5);
	for (const file of credentialFiles) {
		const { properties } = credentialIn(workflow, file);
		const shown = properties.filter((field) =>
			workflow.NodeHelpers.displayParameter({ header: true }, field, null, null),
		);
		expect(shown).toEqual(properties);
	}
});

const FIXED_SIZES = { sizes: [5], qualities: [4], options: ['input_fidelity', 'stream'] };

describe.each([['today', today] as const, ...older])('On n8n %s', (_n8n, workflow) => {
	const file = nodeFiles.find((path) => path.endsWith('/OpenAiImages.node'))!;
	const { description } = nodeIn(workflow, file);
	const { properties } = description;

	test.each([
		['edit', 'gpt-image-1-mini', FIXED_SIZES],
		['edit', 'gpt-image-1.5-2025-12-16', FIXED_SIZES],
		['edit', 'gpt-image-2-2026-04-21', { sizes: [9], qualities: [4], options: ['stream'] }],
		['edit', 'gpt-image-2.5-flare-2026-09-08', { sizes: [9], qualities: [6], options: ['stream'] }],
		['generate', 'dall-e-3', { sizes: [9], qualities: [6], options: ['response_format', 'style'] }],
	])('%s with %s has the fields of its family', (operation, value, expected) => {
		const model = { __rl: true, mode: 'id', value };
		const parameters = { resource: 'image', operation, completion: 'wait', model };
		const node = nodeWith(description, parameters);
		const shown = (fields: INodeProperties[], name: string) =>
			fields.filter(
				(field) =>
					field.name === name &&
					workflow.NodeHelpers.displayParameter(parameters, field, node, description),
			);
		const entries = shown(properties, 'options').flatMap(entriesOf);
		expect({
			sizes: shown(properties, 'size').map(({ options }) => options!.length),
			qualities: shown(properties, 'quality').map(({ options }) => options!.length),
			options: ['input_fidelity', 'response_format', 'stream', 'style'].filter(
				(name) => shown(entries, name).length > 0,
			),
		}).toEqual(expected);
	});
});
