// Reads Your Reference of an item, and refuses one that would order something else than the person means.
import type { IExecuteFunctions } from 'n8n-workflow';

import type { Connection } from '../../../pipeline/session';
import type { ImageTask } from '../../../providers/contract';
import { badInput } from '../../../providers/failure';
import { readOrderReference } from '../../../providers/limits/orderReference';
import { toText } from './readParameters';

const NAME = 'Your Reference';

/** Undefined where there is none. Numbers are taken as text. */
export function readReference(context: IExecuteFunctions, itemIndex: number): string | undefined {
	const given: unknown = context.getNodeParameter('options.reference', itemIndex, '');
	return readOrderReference(toText(given, NAME));
}

/** A task that bears this reference; its own, where there is none. */
export function namedBy(reference: string | undefined): (task: ImageTask) => ImageTask {
	return (task) => ({ ...task, orderReference: reference ?? task.orderReference });
}

/** Undefined where it is none: an item may have failed for that very thing. */
export function referenceIfReadable(
	context: IExecuteFunctions,
	itemIndex: number,
): string | undefined {
	try {
		return readReference(context, itemIndex);
	} catch {
		return undefined;
	}
}

/**
 * Throws a badInput failure for a reference with a secret in it, as it goes out with addresses; and where the provider
 * orders nothing twice under one, for one that stands at several items: nearly always its expression is wrong, and all
 * of them would get the images of the first. Then nothing is ordered; with Continue On Fail, the first item is.
 */
export function checkReference(
	{ context, provider, redact }: Connection<IExecuteFunctions>,
	reference: string | undefined,
	itemIndex: number,
): void {
	if (reference !== undefined && redact.text(reference) !== reference) {
		throw badInput(
			`${NAME} holds a secret of the credential.`,
			'Use an order or row number. If it is an expression, check that it leads to the right field.',
		);
	}
	if (!provider.honoursKeys) return;
	const items = itemsByReference(context);
	const isAlone = context.continueOnFail();
	const repeated = isAlone
		? items.get(reference ?? '')
		: [...items.values()].find(({ length }) => length > 1);
	if (!repeated || repeated.length < 2 || (isAlone && repeated[0] === itemIndex)) return;
	throw repeatedFailure(context, provider.name, repeated);
}

function repeatedFailure(
	context: IExecuteFunctions,
	provider: string,
	repeated: readonly number[],
): Error {
	const [first, second] = repeated as [number, number];
	const reference = referenceIfReadable(context, first);
	const more = repeated.length > 2 ? ` and ${repeated.length - 2} more` : '';
	return badInput(
		`${NAME} is "${reference}" at the items ${first}, ${second}${more}.`,
		`${provider} makes one order for each reference, so every item needs its own. Use a field that differs in each, such as {{ $json.id }}, or add the item's number: {{ $json.order }}-{{ $itemIndex }}. Without a reference, leave the option out.`,
	);
}

/** In each execution once: an expression costs time at every item. */
const known = new WeakMap<IExecuteFunctions, ReadonlyMap<string, readonly number[]>>();

function itemsByReference(context: IExecuteFunctions): ReadonlyMap<string, readonly number[]> {
	const found = known.get(context) ?? readAll(context);
	known.set(context, found);
	return found;
}

function readAll(context: IExecuteFunctions): ReadonlyMap<string, readonly number[]> {
	const items = new Map<string, number[]>();
	for (const itemIndex of context.getInputData().keys()) {
		const reference = referenceIfReadable(context, itemIndex);
		if (reference !== undefined) items.set(reference, [...(items.get(reference) ?? []), itemIndex]);
	}
	return items;
}
