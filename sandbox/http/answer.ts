// An HTTP answer as plain data, so that faults can look at it before it is sent.
import type { FastifyReply } from 'fastify';

export interface Answer {
	status: number;
	headers?: Record<string, string>;
	/** Text and bytes are sent as they are, anything else as JSON. */
	body: unknown;
}

export async function sendAnswer(reply: FastifyReply, answer: Answer): Promise<FastifyReply> {
	return await reply
		.code(answer.status)
		.headers(answer.headers ?? {})
		.send(answer.body);
}
