// Keeps a bounded list of every request that the sandbox received.
import type { FastifyInstance, FastifyRequest } from 'fastify';

export interface RecordedRequest {
	/** ISO time. */
	at: string;
	method: string;
	/** With the query string. */
	path: string;
	/** 0 until answered, and for a connection that was cut before any answer. */
	status: number;
	key?: string;
	idempotencyKey?: string;
	bodyBytes: number;
	headers: Record<string, string>;
	/** ISO time at which the answer had been sent, or the connection was gone. */
	endedAt?: string;
	/** Requests of this key to this route that were under way when it arrived, itself among them. */
	atOnce: number;
}

export class Recorder {
	readonly requests: RecordedRequest[] = [];

	/** Requests per "METHOD route". */
	readonly counts = new Map<string, number>();

	/** Unanswered requests per key and route. */
	private readonly underWay = new Map<string, Set<FastifyRequest>>();

	private readonly placeOf = new WeakMap<FastifyRequest, string>();

	private readonly byRequest = new WeakMap<FastifyRequest, RecordedRequest>();

	constructor(private readonly limit = 5_000) {}

	attach(server: FastifyInstance): void {
		server.addHook('onRequest', async (request, reply) => {
			const recorded = describe(request);
			this.byRequest.set(request, recorded);
			this.requests.push(recorded);
			if (this.requests.length > this.limit) this.requests.shift();
			const route = `${request.method} ${request.routeOptions.url ?? '(no route)'}`;
			this.counts.set(route, (this.counts.get(route) ?? 0) + 1);
			recorded.atOnce = this.begin(request, `${recorded.key} ${route}`);
			// For answers that are written past the framework, as broken downloads are.
			reply.raw.once('close', () => {
				if (reply.raw.headersSent) recorded.status = reply.raw.statusCode;
				this.end(request);
				recorded.endedAt ??= new Date().toISOString();
			});
			reply.raw.once('finish', () => {
				recorded.endedAt = new Date().toISOString();
			});
		});
		// Before the client can have read the answer, so that a test may look at once.
		server.addHook('onSend', async (request, reply) => {
			const recorded = this.byRequest.get(request);
			if (recorded) recorded.status = reply.statusCode;
			this.end(request);
		});
	}

	private begin(request: FastifyRequest, place: string): number {
		const here = this.underWay.get(place) ?? new Set();
		this.underWay.set(place, here.add(request));
		this.placeOf.set(request, place);
		return here.size;
	}

	private end(request: FastifyRequest): void {
		const place = this.placeOf.get(request) ?? '';
		const here = this.underWay.get(place);
		here?.delete(request);
		if (here?.size === 0) this.underWay.delete(place);
	}

	/** Corrects the size of a body that came without a Content-Length. */
	bodyRead(request: FastifyRequest, bytes: number): void {
		const recorded = this.byRequest.get(request);
		if (recorded) recorded.bodyBytes = bytes;
	}
}

function describe(request: FastifyRequest): RecordedRequest {
	const headers: Record<string, string> = {};
	for (const [name, value] of Object.entries(request.headers)) headers[name] = String(value);
	const key =
		/^(?:Bearer|Key) (.+)$/i.exec(headers.authorization ?? '')?.[1] ?? headers['x-api-key'];
	return {
		at: new Date().toISOString(),
		method: request.method,
		path: request.url,
		status: 0,
		...(key !== undefined && { key }),
		...(headers['idempotency-key'] !== undefined && { idempotencyKey: headers['idempotency-key'] }),
		bodyBytes: Number(headers['content-length'] ?? 0),
		headers,
		atOnce: 1,
	};
}
