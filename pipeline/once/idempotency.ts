// The idempotency key of one create: the same for every retry of an item, another for every item, loop turn and execution.
// An order with a reference of the person's own has one that is the same in every execution.
import { randomUUID } from 'crypto';

import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { digestOf } from '../../providers/digest';
import { memoryOf } from './nodeMemory';
import type { Call } from './toolCalls';

/** Options that say how images come out: they are the same ones. */
const OF_OUTPUT = ['binaryPropertyOutput', 'fileName', 'groupImages', 'output'];
/** Options that say how to wait, what may be spent, and what is added when the items go out. */
const OF_THE_WAY = [
	'allowUnknownPrices',
	'concurrency',
	'includeInputFields',
	'maximumCost',
	'maximumImages',
	'reference',
	'timeLimitSeconds',
];
const NOT_ORDERED: ReadonlySet<string> = new Set([...OF_OUTPUT, ...OF_THE_WAY]);

/**
 * A key of 16–96 of `[A-Za-z0-9-]`, that the provider is told, too, unless the person has named the order. n8n's own
 * Retry On Fail runs the node again within one execution: with the same key the provider answers with the task that it
 * already has, and nothing is paid twice.
 * `part` counts the tasks of an item that needs several. `attempt` is raised only after the provider has said that the earlier task failed and cost nothing.
 */
export function memoryKeyOf(
	context: IExecuteFunctions,
	call: Call,
	part: number,
	attempt: number,
): string {
	const origin = [
		context.getInstanceId(),
		context.getWorkflow().id,
		firstExecution(context, call.itemIndex),
		context.getNode().id,
		orderedParameters(context),
		call.runIndex,
		call.itemIndex,
		part,
		attempt,
		call.wanted,
	];
	return keyFrom(origin);
}

/**
 * The key under which a provider knows an order with a reference of the person's own again, whichever execution it
 * comes from and whatever has been changed: what it was ordered for, it is ordered for once. An agent orders several
 * images for one reference, told apart by what it asks for.
 */
export function keyOfReference(
	context: IExecuteFunctions,
	{ wanted }: Call,
	reference: string,
	part: number,
	attempt: number,
): string {
	const place = [context.getInstanceId(), context.getWorkflow().id, context.getNode().id];
	return keyFrom([...place, 'reference', reference, part, attempt, wanted]);
}

function keyFrom(origin: unknown[]): string {
	return `imagegen-${digestOf(JSON.stringify(origin)).slice(0, 48)}`;
}

/**
 * A failed execution that a person retries is another execution to n8n, but has the memory of the first. What that one
 * has started is taken up.
 */
function firstExecution(context: IExecuteFunctions, itemIndex: number): string {
	const memory = memoryOf(context);
	const { $execution } = context.getWorkflowDataProxy(itemIndex) as {
		$execution?: { id?: string };
	};
	return (memory.firstExecution ??= context.getExecutionId() || $execution?.id || randomUUID());
}

/** A person may also change the node before retrying: then another image is wanted. */
export function orderedParameters(context: IExecuteFunctions): unknown {
	const { options, ...parameters } = context.getNode().parameters;
	return [parameters, chosenIn(options).filter(([name]) => !NOT_ORDERED.has(name))];
}

/** As what the images are to come out. */
export function outputParameters(context: IExecuteFunctions): unknown {
	return chosenIn(context.getNode().parameters.options).filter(([name]) =>
		OF_OUTPUT.includes(name),
	);
}

function chosenIn(options: unknown): Array<[string, unknown]> {
	return Object.entries((options ?? {}) as IDataObject);
}
