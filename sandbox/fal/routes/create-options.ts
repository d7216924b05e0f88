// What a create call asks for beside the model's input: in the query and in headers.
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { findModel, isApp } from '../catalogue';
import { appLength, appOf } from '../catalogue/model';
import { FalError } from '../errors';

const lifecycle = z
	.object({ expiration_duration_seconds: z.number().positive().nullable() })
	.partial();

/** The path, when something can be run there. A path that a known app doesn't have is found out only when it runs. */
export function readEndpoint(request: FastifyRequest): string {
	const { '*': path } = request.params as { '*': string };
	const segments = path.split('/');
	if (segments.length < appLength(segments)) throw new FalError(404, `Path /${path} not found`);
	if (findModel(path) || isApp(appOf(path))) return path;
	throw new FalError(404, `Application "${appOf(path)}" not found`);
}

export function readFileSeconds({ headers }: FastifyRequest): number | undefined {
	const name = 'x-fal-object-lifecycle-preference';
	const text = headers[name];
	if (text === undefined) return undefined;
	const read = lifecycle.safeParse(parsed(String(text)));
	if (!read.success) throw new FalError(400, `The header ${name} is not valid.`);
	return read.data.expiration_duration_seconds ?? undefined;
}

export function readStartLimit({ headers }: FastifyRequest): number | undefined {
	const name = 'x-fal-request-timeout';
	const text = headers[name];
	if (text === undefined) return undefined;
	const seconds = Number(text);
	if (!(seconds > 0)) throw new FalError(400, `The header ${name} is not valid.`);
	return seconds;
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return undefined;
	}
}
