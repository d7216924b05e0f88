// What all action nodes have in common, beside what n8n wants to read in the class itself.
import {
	NodeConnectionTypes,
	type INodeType,
	type INodeTypeDescription,
	type UsableAsToolDescription,
} from 'n8n-workflow';

import { resume, resumeWebhooks } from '../../../pipeline/suspend';
import { executeResources, type NodeSession, type OpenSession } from './executeResources';
import type { OpenAccount } from './openAccount';
import { describeResources, type Resource } from './operations';

/** What is picked in the resource locator. An older workflow may have the bare name. */
const MODEL = '($parameter["model"]?.value ?? $parameter["model"])';
const HAS_MODEL = `(typeof ${MODEL} === "string" && !["", "automatic"].includes(${MODEL}))`;
const SIZE =
	'({ custom: $parameter["customSize"], formats: "several formats" }[$parameter["size"]] ?? ($parameter["size"] || $parameter["sizeWish"]))';
const CHOSEN = '$parameter["resource"] + " " + $parameter["operation"]';
const MODEL_AND_SIZE = `(${HAS_MODEL} ? ${MODEL} + (${SIZE} ? " · " + ${SIZE} : "") : "")`;

/**
 * What stands below the node on the canvas: the model, and the size where one is set, of what orders images; else what it
 * does, such as `Analyze an image · gpt-6-luna`.
 */
function subtitleOf<Session>(resources: Array<Resource<Session>>): string {
	const all = resources.flatMap(({ value, operations }) =>
		operations.map((operation) => ({ key: `${value} ${operation.option.value}`, operation })),
	);
	const actions = Object.fromEntries(
		all.map(({ key, operation: { option } }) => [key, option.action]),
	);
	const ordering = all.filter(({ operation }) => 'price' in operation).map(({ key }) => key);
	const does = `${JSON.stringify(actions)}[${CHOSEN}]`;
	return `={{ ${JSON.stringify(ordering)}.includes(${CHOSEN}) ? ${MODEL_AND_SIZE} || ${does} : ${does} + (${MODEL_AND_SIZE} ? " · " + ${MODEL_AND_SIZE} : "") }}`;
}

type Shared = 'group' | 'version' | 'inputs' | 'outputs' | 'webhooks' | 'properties';

interface ImageNode {
	/** The node's description, beside what n8n wants to read in the class itself. */
	description: Pick<INodeTypeDescription, Shared>;
	subtitle: string;
	tool: UsableAsToolDescription;
	execute: NonNullable<INodeType['execute']>;
	webhook: INodeType['webhook'];
}

/**
 * `provider` is the provider's name as people read it behind each action. `openAccount` is there where executions can be
 * suspended: so it is asked about their tasks.
 */
export function imageNode<Session extends NodeSession>(
	provider: string,
	resources: Array<Resource<Session>>,
	openSession: OpenSession<Session>,
	openAccount?: OpenAccount<unknown>,
): ImageNode {
	return {
		description: {
			group: ['transform'],
			version: 1,
			inputs: [NodeConnectionTypes.Main],
			outputs: [NodeConnectionTypes.Main],
			...(openAccount && { webhooks: resumeWebhooks }),
			properties: describeResources(resources, provider),
		},
		subtitle: subtitleOf(resources),
		tool: imageTool(resources, provider),
		async execute() {
			return [await executeResources(this, resources, openSession)];
		},
		webhook: openAccount && resumeWith(openAccount),
	};
}

/**
 * The node as an AI agent's tool: there n8n itself puts the node's name behind that of an action. n8n lets a tool replace
 * any part of the description, although its types name only some.
 */
function imageTool<Session>(
	resources: Array<Resource<Session>>,
	provider: string,
): UsableAsToolDescription {
	const replacements: Pick<INodeTypeDescription, 'properties'> = {
		properties: describeResources(resources, provider, true),
	};
	return { replacements: replacements as UsableAsToolDescription['replacements'] };
}

/** What n8n calls while an execution of the node is suspended. */
function resumeWith(openAccount: OpenAccount<unknown>): NonNullable<INodeType['webhook']> {
	return async function () {
		return await resume(this, async () => await openAccount(this));
	};
}
