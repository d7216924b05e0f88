// What the endpoints of every provider have in common: a route's handler, and the key in a request's head.
import type { FastifyReply, FastifyRequest } from 'fastify';

export type Endpoint = (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>;

/** Undefined when there is no "Authorization: Bearer KEY". */
export function bearerKey({ headers }: FastifyRequest): string | undefined {
	return /^Bearer (.+)$/i.exec(headers.authorization ?? '')?.[1]?.trim();
}
