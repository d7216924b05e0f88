// Lets an HTTP route misbehave as it was told: late, with a bad status, half of it, or not at all.
import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';
import { type Answer, sendAnswer } from '../http/answer';
import type { Lifetime } from '../lifetime';
import type { FaultBudget } from './fault-budget';
import type { BadAnswer, CheckedFaults } from './faults';

/** Between two bytes of an answer that trickles. */
const TRICKLE_MS = 300;
/** Longer than anybody waits. */
const STALL_MS = 2_000_000_000;

export type RouteKind = 'create' | 'poll' | 'upload' | 'list' | 'other';

/** Odd forms of honest answers, by name. */
export type Oddities = Readonly<Record<string, (answer: Answer) => Answer>>;

/** Faults with the name under which their "times" are counted. */
export interface FaultSource {
	scope: string;
	faults: CheckedFaults;
}

export interface Misbehaviour {
	kind: RouteKind;
	/** The request's own faults first, then its key's. */
	sources: FaultSource[];
	budget: FaultBudget;
	lifetime: Lifetime;
	/** The provider's error body for a status and, perhaps, a code that the fault names. */
	errorAnswer: (status: number, code?: string) => Answer;
	oddities?: Oddities;
}

/** Runs the route's honest work, unless a fault comes before it, and sends the answer or what the fault makes of it. */
export async function answerWithFaults(
	reply: FastifyReply,
	misbehaviour: Misbehaviour,
	work: () => Promise<Answer>,
): Promise<FastifyReply> {
	await holdBack(misbehaviour);
	const fault = nextBadAnswer(misbehaviour);
	if (!fault) return await sendAnswer(reply, await work());

	if (fault.body === 'hang') await misbehaviour.lifetime.wait(STALL_MS);
	const takesEffect =
		fault.afterEffect === true ||
		fault.odd !== undefined ||
		(isPartial(fault) && fault.status < 300);
	const honest = takesEffect ? await work() : undefined;
	// A request that would be refused anyway is refused: there is no effect to hide.
	if (honest && honest.status >= 400) return await sendAnswer(reply, honest);
	if (fault.body === 'reset') {
		reply.hijack();
		reply.raw.destroy();
		return reply;
	}
	if (honest && fault.odd !== undefined) {
		return await sendAnswer(reply, inOddForm(honest, fault.odd, misbehaviour.oddities));
	}
	const bad = badAnswer(fault, honest, misbehaviour.errorAnswer);
	if (fault.body === 'trickle')
		bad.body = Readable.from(trickling(bad.body, misbehaviour.lifetime));
	if (fault.body === 'stall') bad.body = Readable.from(stalling(bad.body, misbehaviour.lifetime));
	return await sendAnswer(reply, bad);
}

/** As long as its key's faults say, and no longer than they are in force. */
async function holdBack({ kind, sources, budget, lifetime }: Misbehaviour): Promise<void> {
	for (const { scope, faults } of sources) {
		const { answerDelayMs = 0, answerDelayOf = kind } = faults;
		if (answerDelayMs > 0 && answerDelayOf === kind) {
			return await budget.hold(scope, answerDelayMs, lifetime.signal);
		}
	}
}

function isPartial(fault: BadAnswer): boolean {
	return isHalf(fault) || fault.body === 'trickle';
}

function inOddForm(honest: Answer, name: string, oddities: Oddities = {}): Answer {
	const change = Object.hasOwn(oddities, name) ? oddities[name] : undefined;
	if (!change) throw new Error(`The sandbox knows no odd answer "${name}" here.`);
	return change(honest);
}

async function* trickling(body: unknown, lifetime: Lifetime): AsyncGenerator<Buffer> {
	for (const byte of Buffer.from(String(body))) {
		yield Buffer.of(byte);
		await lifetime.wait(TRICKLE_MS);
	}
}

function isHalf({ body }: BadAnswer): boolean {
	return body === 'cut' || body === 'stall';
}

async function* stalling(half: unknown, lifetime: Lifetime): AsyncGenerator<unknown> {
	yield half;
	await lifetime.wait(STALL_MS);
}

function nextBadAnswer({ kind, sources, budget }: Misbehaviour): BadAnswer | undefined {
	for (const { scope, faults } of sources) {
		for (const name of ['any', kind] as const) {
			const fault = name === 'other' ? undefined : faults[name];
			if (fault && budget.take(scope, name, fault.times)) return fault;
		}
	}
	return undefined;
}

function badAnswer(
	fault: BadAnswer,
	honest: Answer | undefined,
	errorAnswer: Misbehaviour['errorAnswer'],
): Answer {
	const headers: Record<string, string> = {};
	if (fault.retryAfter !== undefined) headers['retry-after'] = String(fault.retryAfter);
	if (fault.retryAfterMs !== undefined) headers['retry-after-ms'] = String(fault.retryAfterMs);
	if (fault.shouldRetry !== undefined) headers['x-should-retry'] = String(fault.shouldRetry);
	if (fault.location !== undefined) headers.location = fault.location;
	Object.assign(headers, fault.headers);
	if (fault.text !== undefined) {
		const json = { 'content-type': 'application/json; charset=utf-8' };
		return { status: fault.status, headers: { ...json, ...headers }, body: fault.text };
	}
	if (fault.body === 'html') {
		return {
			status: fault.status,
			headers: { ...headers, ...htmlType },
			body: htmlPage(fault.status),
		};
	}
	const whole = fault.status < 300 && honest ? honest : errorAnswer(fault.status, fault.code);
	const text = typeof whole.body === 'string' ? whole.body : JSON.stringify(whole.body);
	return {
		status: fault.status,
		headers: { 'content-type': 'application/json; charset=utf-8', ...whole.headers, ...headers },
		body: isHalf(fault) ? text.slice(0, Math.ceil(text.length / 2)) : text,
	};
}

const htmlType = { 'content-type': 'text/html; charset=utf-8' };

function htmlPage(status: number): string {
	return `<!DOCTYPE html>\n<html><head><title>${status}</title></head><body><center><h1>${status} Gateway error</h1></center><hr><center>proxy</center></body></html>\n`;
}
