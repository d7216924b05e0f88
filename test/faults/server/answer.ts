// An answer before it is sent: whole, so that a fault can be done to it.
export interface Answer {
	status: number;
	headers: Record<string, string>;
	body: Buffer;
}

export function json(body: unknown, status = 200, headers: Record<string, string> = {}): Answer {
	return text(JSON.stringify(body), 'application/json', status, headers);
}

export function text(
	body: string | Buffer,
	type: string,
	status = 200,
	headers: Record<string, string> = {},
): Answer {
	return { status, headers: { 'content-type': type, ...headers }, body: Buffer.from(body) };
}

/** The answer with other JSON in it. */
export function withJson(answer: Answer, change: (body: never) => unknown): Answer {
	const body = JSON.parse(answer.body.toString()) as never;
	return { ...answer, body: Buffer.from(JSON.stringify(change(body))) };
}
