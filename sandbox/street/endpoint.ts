// What the services beside the providers have in common: their errors, the token in a request's head, forms.
import { timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { finished } from 'node:stream/promises';
import type { FastifyError, FastifyInstance, FastifyRequest } from 'fastify';
import { bearerKey } from '../http/endpoint';

/** The message says what is wrong, and what would be right. */
export class StreetError extends Error {
	constructor(
		readonly status: number,
		readonly code: string,
		message: string,
		readonly field?: string,
	) {
		super(message);
	}
}

export function notFound(what: string): StreetError {
	return new StreetError(404, 'not_found', `There is no ${what}.`);
}

/** Gives a service's API its error shape. */
export function dress(scope: FastifyInstance): void {
	scope.setErrorHandler<FastifyError | StreetError>(async (error, request, reply) => {
		await readToEnd(request.raw);
		const isOwn = error instanceof StreetError;
		const status = isOwn ? error.status : (error.statusCode ?? 500);
		const code = isOwn ? error.code : status === 413 ? 'too_large' : 'bad_request';
		const field = isOwn ? error.field : undefined;
		const { message } = error;
		return await reply.code(status).send({ error: { code, message, ...(field && { field }) } });
	});
	scope.setNotFoundHandler(async (request, reply) => {
		const message = `There is no ${request.method} ${request.url.split('?')[0]}.`;
		return await reply.code(404).send({ error: { code: 'not_found', message } });
	});
}

/** Whoever is still sending a file when it is refused may never see why. */
async function readToEnd(request: IncomingMessage): Promise<void> {
	request.resume();
	await finished(request).catch(() => {});
}

/** Lets only the token in that the service has given out. */
export function requireToken(scope: FastifyInstance, token: string): void {
	scope.addHook('onRequest', async (request) => {
		const given = bearerKey(request);
		if (given === undefined) {
			const message =
				'The request has no token. Send a header with the name Authorization and the value: Bearer, a space, and the token.';
			throw new StreetError(401, 'no_token', message);
		}
		const [ours, theirs] = [Buffer.from(token), Buffer.from(given)];
		if (ours.length !== theirs.length || !timingSafeEqual(ours, theirs)) {
			throw new StreetError(401, 'wrong_token', 'This token is not valid here.');
		}
	});
}

export interface Form {
	texts: Record<string, string>;
	file?: { field: string; name: string; bytes: Buffer };
}

/** A form with one file at most. */
export async function readForm(request: FastifyRequest): Promise<Form> {
	if (!request.isMultipart()) {
		const message = 'The body must be a form with a file (multipart/form-data).';
		throw new StreetError(415, 'no_form', message);
	}
	const form: Form = { texts: {} };
	for await (const part of request.parts()) {
		if (part.type === 'field') form.texts[part.fieldname] = String(part.value);
		else {
			const bytes = await part.toBuffer();
			form.file = { field: part.fieldname, name: part.filename, bytes };
		}
	}
	return form;
}

/** The file of a form, which has to be in a field of this name. */
export function fileOf({ file }: Form, field: string): { name: string; bytes: Buffer } {
	if (file && file.field !== field) {
		const message = `The file must be in the field "${field}", not in "${file.field}".`;
		throw new StreetError(400, 'missing_file', message, field);
	}
	if (!file) {
		throw new StreetError(
			400,
			'missing_file',
			`The field "${field}" with the file is missing.`,
			field,
		);
	}
	if (file.bytes.length === 0) {
		throw new StreetError(400, 'empty_file', `The file in "${field}" is empty.`, field);
	}
	return file;
}

/** Refuses fields that nobody reads: a wrong name would otherwise go unnoticed. */
export function onlyKnown(fields: Record<string, unknown>, known: readonly string[]): void {
	const strange = Object.keys(fields).find((name) => !known.includes(name));
	if (strange === undefined) return;
	const message = `There is no field "${strange}". There are: ${known.join(', ')}.`;
	throw new StreetError(400, 'unknown_field', message, strange);
}
