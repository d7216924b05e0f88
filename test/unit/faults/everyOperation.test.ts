// Whatever a node can do has cells in the fault matrix: its operations, its lists and its trigger, as the nodes tell them.
import type { INodeProperties, INodePropertyOptions, INodeType } from 'n8n-workflow';

import { operations } from '../../faults/operations';
import { nodeFiles, nodeIn, today } from '../nodes/olderN8n/versions';

/** What the matrix calls a node's provider. */
const PROVIDERS: Record<string, string> = {
	openAiImages: 'openai',
	fal: 'fal',
	evoLink: 'evolink',
	coreToday: 'coretoday',
	imageChat: 'imagechat',
};

/** What sends no request, so that nothing can go wrong with one: prices and models that the package knows by itself. */
const SILENT = new Set([
	'openai image/estimateCost',
	'evolink image/estimateCost',
	'coretoday image/estimateCost',
	'imagechat image/estimateCost',
	'coretoday list searchModels',
]);

const TRIGGER = /Trigger$/;

const nodes = nodeFiles.map((file) => nodeIn(today, file));

function abilitiesOf({ description, methods }: INodeType): string[] {
	const { name, properties } = description;
	const provider = PROVIDERS[name.replace(TRIGGER, '')];
	if (TRIGGER.test(name)) return [`${provider} trigger`];
	const chosen = properties.filter((property) => property.name === 'operation');
	const lists = Object.values(methods ?? {}).flatMap((kind) => Object.keys(kind as object));
	return [
		...chosen.flatMap(operationsIn).map((operation) => `${provider} ${operation}`),
		...lists.map((method) => `${provider} list ${method}`),
	];
}

function operationsIn({ displayOptions, options }: INodeProperties): string[] {
	const resources = (displayOptions?.show?.resource ?? []) as string[];
	const values = (options as INodePropertyOptions[]).map(({ value }) => value);
	return resources.flatMap((resource) => values.map((value) => `${resource}/${value}`));
}

const tried = new Set(
	operations.flatMap(({ provider, operation, calledBack, instead }) => {
		if (instead) return 'method' in instead ? [`${provider} list ${instead.method}`] : [];
		const trigger = calledBack === 'trigger' ? [`${provider} trigger`] : [];
		return [`${provider} ${operation}`, ...trigger];
	}),
);

test.each(nodes.map((node) => [node.description.displayName, node] as const))(
	'%s',
	(_name, node) => {
		const abilities = abilitiesOf(node).filter((each) => !SILENT.has(each));
		expect(abilities.length).toBeGreaterThan(0);
		expect(abilities.filter((each) => !tried.has(each))).toEqual([]);
	},
);

test('what is said to send nothing is there', () => {
	const all = new Set(nodes.flatMap(abilitiesOf));
	expect([...SILENT].filter((each) => !all.has(each))).toEqual([]);
});
