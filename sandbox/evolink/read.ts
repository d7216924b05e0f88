// Checks a body or a query with a schema, and turns the first problem into EvoLink's error.
import type { z } from 'zod';
import { EvoLinkError } from './errors';

export function read<Schema extends z.ZodTypeAny>(
	schema: Schema,
	value: unknown,
): z.output<Schema> {
	const result = schema.safeParse(value ?? {});
	if (result.success) return result.data as z.output<Schema>;
	const issue = result.error.issues[0];
	if (issue?.code === 'unrecognized_keys') {
		const param = String(issue.keys[0]);
		throw new EvoLinkError(400, `Unknown parameter: ${param}.`, {
			code: 'unknown_parameter',
			param,
		});
	}
	const param = String(issue?.path[0] ?? '');
	if (issue?.code === 'invalid_type' && issue.received === 'undefined') {
		throw new EvoLinkError(400, `${param} is required.`, {
			code: 'missing_required_parameter',
			param,
		});
	}
	const message = param === '' ? 'The body must be a JSON object.' : `${param}: ${issue?.message}`;
	throw new EvoLinkError(400, message, { code: 'invalid_parameter', param });
}
