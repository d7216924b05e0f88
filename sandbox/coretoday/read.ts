// Checks a value with a schema, and turns the first problem into a refusal that names the field.
import type { z } from 'zod';
import { CoreTodayError } from './errors';

/** With a place, such as "input", before the names of fields. */
export function read<Schema extends z.ZodTypeAny>(
	schema: Schema,
	value: unknown,
	place = '',
): z.output<Schema> {
	const result = schema.safeParse(value ?? {});
	if (result.success) return result.data as z.output<Schema>;
	const issue = result.error.issues[0];
	const path = [place, ...(issue?.path ?? [])].filter((part) => part !== '').join('.');
	if (issue?.code === 'unrecognized_keys') {
		const name = [path, issue.keys[0]].filter((part) => part !== '').join('.');
		throw new CoreTodayError(400, `Unknown parameter: ${name}.`);
	}
	if (issue?.code === 'invalid_type' && issue.received === 'undefined') {
		throw new CoreTodayError(400, `${path} is required.`);
	}
	throw new CoreTodayError(400, `${path || 'The body'}: ${issue?.message}.`.replace(/\.\.$/, '.'));
}
