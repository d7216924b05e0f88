// Makes a forged callback out of a genuine one.
import type { ForgeryKind } from '../faults/faults';
import type { Callback } from './callback-sender';

/** More than servers usually take in one request body. */
const OVERSIZED_BYTES = 20 * 1024 * 1024;

/** What a forgery needs to know of the provider's task shape. */
export interface TaskClaims {
	/** The task's genuine JSON. */
	honest: Record<string, unknown>;
	/** The same with a status that is not true. */
	wrongStatus: Record<string, unknown>;
	/** The same with the id of a task that does not exist. */
	unknownTask: Record<string, unknown>;
}

/** With a way of its own to write JSON, where the provider has one. */
export function forgeCallback(
	kind: ForgeryKind,
	callback: Callback,
	claims: TaskClaims,
	write: (claim: unknown) => string = JSON.stringify,
): Callback {
	switch (kind) {
		case 'status':
			return { ...callback, body: write(claims.wrongStatus) };
		case 'unknownTask':
			return { ...callback, body: write(claims.unknownTask) };
		case 'notJson':
			return { ...callback, body: 'The task is finished.' };
		case 'oversized':
			return {
				...callback,
				body: write({ ...claims.honest, padding: 'x'.repeat(OVERSIZED_BYTES) }),
			};
		case 'wrongToken':
			return { ...callback, url: withWrongToken(callback.url) };
	}
}

/** The token is the last query value, or else the last part of the path. */
export function withWrongToken(address: string): string {
	const url = new URL(address);
	const last = [...url.searchParams.keys()].at(-1);
	if (last !== undefined) {
		url.searchParams.set(last, scramble(url.searchParams.get(last) ?? ''));
		return url.href;
	}
	const parts = url.pathname.split('/');
	parts.push(scramble(parts.pop() ?? ''));
	url.pathname = parts.join('/');
	return url.href;
}

/** The same length, so that only a real comparison finds it out. */
function scramble(token: string): string {
	return token === '' ? 'forged' : token.replace(/.$/, (end) => (end === '0' ? '1' : '0'));
}
