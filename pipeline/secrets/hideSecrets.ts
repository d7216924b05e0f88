// The last door of every node: no secret of the credential leaves through its items or its errors.
import type { INodeExecutionData } from 'n8n-workflow';

import type { Redactor } from './redactor';
import { resultOf } from '../result';

/** Does the work. What it throws is thrown without secrets. */
export async function hidingSecrets<Value>(
	redact: Redactor,
	work: () => Promise<Value>,
): Promise<Value> {
	const outcome = await resultOf(work());
	if (outcome.ok) return outcome.value;
	redactError(redact, outcome.error);
	throw outcome.error;
}

/** Items without secrets. Their files stay as they are, but for the names. */
export function redactItems(redact: Redactor, items: INodeExecutionData[]): INodeExecutionData[] {
	return items.map((item) => ({
		...item,
		json: redact.value(item.json),
		...(item.binary && { binary: withoutSecretNames(redact, item.binary) }),
	}));
}

function withoutSecretNames(
	redact: Redactor,
	files: NonNullable<INodeExecutionData['binary']>,
): INodeExecutionData['binary'] {
	const named = Object.entries(files).map(([field, file]) => [
		field,
		file.fileName === undefined ? file : { ...file, fileName: redact.text(file.fileName) },
	]);
	return Object.fromEntries(named) as INodeExecutionData['binary'];
}

/** In place, as n8n tells its own errors by their class: message, stack, description and whatever else they hold. */
function redactError(redact: Redactor, error: Error): void {
	const seen = new Set<Error>();
	for (let each: unknown = error; each instanceof Error && !seen.has(each); each = each.cause) {
		seen.add(each);
		const facts = each as unknown as Record<string, unknown>;
		for (const name of Object.getOwnPropertyNames(each)) {
			const { writable, set } = Object.getOwnPropertyDescriptor(each, name) ?? {};
			// The stack has a setter since Node 24.
			const isWritable = writable === true || set !== undefined;
			if (isWritable && !(facts[name] instanceof Error)) facts[name] = redact.value(facts[name]);
		}
	}
}
