// When a request is sent again, and after how long.
import fc from 'fast-check';

import {
	mayHaveStarted,
	mayRetry,
	MAX_TRIES,
	retryWait,
} from '../../../../pipeline/http/retryPolicy';
import type { FailureDetails, FailureKind } from '../../../../providers/failure';

const failure = (parts: Partial<FailureDetails>): FailureDetails => ({
	kind: 'providerDown',
	message: 'It went wrong.',
	advice: 'Try again.',
	...parts,
});

/** Whether it is sent again when repeating it is safe, and when it is not. */
type Row = [rule: string, parts: Partial<FailureDetails>, safe: boolean, unsafe: boolean];

describe('a failed request is sent again', () => {
	test.each<Row>([
		['when the connection was refused', { kind: 'network', nothingSent: true }, true, true],
		['when the connection broke, if that is safe', { kind: 'network' }, true, false],
		['after too many requests', { kind: 'rateLimit', status: 429 }, true, true],
		['after 503 with a time to come back', { status: 503, retryAfterSeconds: 1 }, true, true],
		['after 503 without one, if that is safe', { status: 503 }, true, false],
		['after 500, if that is safe', { status: 500 }, true, false],
		['after 502, if that is safe', { status: 502 }, true, false],
		[
			'after 502 with a time to come back, if that is safe',
			{ status: 502, retryAfterSeconds: 1 },
			true,
			false,
		],
		['after 504, if that is safe', { status: 504 }, true, false],
		['after 408, if that is safe', { kind: 'badRequest', status: 408 }, true, false],
		[
			'after an answer that was cut off, if that is safe',
			{ kind: 'unreadableAnswer', status: 200 },
			true,
			false,
		],
		['after a picture that arrived damaged, if that is safe', { kind: 'download' }, true, false],
		[
			'when the provider says that it may be, if that is safe',
			{ status: 501, shouldRetry: true },
			true,
			false,
		],
		['when the provider says that it is busy', { status: 503, notTaken: true }, true, true],
		['after 499, if that is safe', { status: 499 }, true, false],
		...[520, 521, 522, 523, 524, 525, 526, 530].map(
			(status): Row => [
				`after ${status}, as Cloudflare says it, if that is safe`,
				{ status },
				true,
				false,
			],
		),
	])('%s', (_rule, parts, safe, unsafe) => {
		expect(mayRetry(failure(parts), true)).toBe(safe);
		expect(mayRetry(failure(parts), false)).toBe(unsafe);
	});
});

describe('a failed request is never sent again', () => {
	test.each<[string, Partial<FailureDetails>]>([
		['after a refused setting', { kind: 'badRequest', status: 400 }],
		['after 501', { status: 501 }],
		['after 519', { status: 519 }],
		['after 527', { status: 527 }],
		['after an error without a status', {}],
		[
			'after a redirect to another host',
			{ kind: 'badRequest', status: 302, notTaken: true, shouldRetry: false },
		],
		['after a picture that is too large', { kind: 'download', status: 413 }],
		['when the provider says that it should not be', { status: 500, shouldRetry: false }],
		[
			'when the provider says so about too many requests',
			{ kind: 'rateLimit', status: 429, shouldRetry: false },
		],
	])('%s', (_rule, parts) => {
		expect(mayRetry(failure(parts), true)).toBe(false);
		expect(mayRetry(failure(parts), false)).toBe(false);
	});

	const final: Array<[FailureKind, number | undefined]> = [
		['auth', 401],
		['badInput', undefined],
		['balance', 402],
		['balance', 429],
		['cancelled', undefined],
		['forbidden', 403],
		['modelGone', 503],
		['moderation', 400],
		['notFound', 404],
		['outcomeUnknown', 500],
		['taskFailed', undefined],
		['timeLimit', undefined],
		['tooLarge', 413],
	];
	test.each(final)('when its failure is %s (%s), whatever else is said', (kind, status) => {
		for (const shouldRetry of [undefined, false, true]) {
			const parts = failure({ kind, status, shouldRetry, retryAfterSeconds: 1 });
			expect(mayRetry(parts, true)).toBe(false);
			expect(mayRetry(parts, false)).toBe(false);
		}
	});
});

describe('that a failed request may have started work', () => {
	test.each<[boolean, string, Partial<FailureDetails>]>([
		[true, 'after a picture that arrived damaged', { kind: 'download' }],
		[true, 'after a connection that broke', { kind: 'network', nothingSent: false }],
		[true, 'after an answer without an image', { kind: 'noImage', status: 200 }],
		[true, 'after a server that broke down', { kind: 'providerDown', status: 500 }],
		[true, 'after a gateway that has waited in vain', { kind: 'providerDown', status: 504 }],
		[true, 'after 503 without a time to come back', { kind: 'providerDown', status: 503 }],
		[true, 'after an answer that was cut off', { kind: 'unreadableAnswer', status: 200 }],
		[false, 'where nothing was sent', { kind: 'network', nothingSent: true }],
		[false, 'where it was not taken', { kind: 'providerDown', status: 500, notTaken: true }],
		[
			false,
			'after 503 with a time to come back',
			{ kind: 'providerDown', status: 503, retryAfterSeconds: 0 },
		],
		[false, 'after too many requests', { kind: 'rateLimit', status: 429 }],
		[false, 'after a refused setting', { kind: 'badRequest', status: 400 }],
		[false, 'after a refused key', { kind: 'auth', status: 401 }],
		[false, 'after a refused prompt', { kind: 'moderation', status: 400 }],
		[false, 'where there is no such model any more', { kind: 'modelGone', status: 404 }],
	])('is %s %s', (expected, _when, parts) => {
		expect(mayHaveStarted(failure(parts))).toBe(expected);
	});
});

describe('the wait before the next try', () => {
	test.each([
		[1, 0.5],
		[2, 1],
		[3, 2],
		[4, 4],
	])('doubles: after try %i it is %f s at most', (tried, seconds) => {
		expect(retryWait(failure({ status: 500 }), true, tried, 0)).toBe(seconds);
		expect(retryWait(failure({ status: 500 }), true, tried, 1)).toBe(seconds * 0.75);
	});

	test.each([
		['what the provider asks for', 7, 7],
		['nothing, if the provider asks for nothing', 0, 0],
		['two minutes, if the provider asks for them', 120, 120],
	])('is %s', (_rule, asked, seconds) => {
		const busy = failure({ kind: 'rateLimit', status: 429, retryAfterSeconds: asked });
		expect(retryWait(busy, true, 1, 1)).toBe(seconds);
	});

	test.each<[string, Partial<FailureDetails>, boolean, number]>([
		['after the last try', { status: 500 }, true, MAX_TRIES],
		['where the request may not be sent again', { status: 500 }, false, 1],
		[
			'where the provider asks for more than two minutes',
			{ kind: 'rateLimit', retryAfterSeconds: 121 },
			true,
			1,
		],
		[
			'where the provider asks for an endless wait',
			{ kind: 'rateLimit', retryAfterSeconds: Infinity },
			true,
			1,
		],
	])('does not come %s', (_rule, parts, idempotent, tried) => {
		expect(retryWait(failure(parts), idempotent, tried, 0)).toBeUndefined();
	});

	it('is always between nothing and two minutes, and comes fewer times than there are tries', () => {
		const seconds = fc.option(fc.double({ min: 0, noNaN: true }), { nil: undefined });
		const chance = fc.double({ min: 0, max: 1, noNaN: true });
		fc.assert(
			fc.property(seconds, fc.boolean(), chance, (retryAfterSeconds, idempotent, luck) => {
				const busy = failure({ kind: 'rateLimit', status: 429, retryAfterSeconds });
				const waits: number[] = [];
				for (let tried = 1; ; tried++) {
					const wait = retryWait(busy, idempotent, tried, luck);
					if (wait === undefined) break;
					waits.push(wait);
				}
				expect(waits.length).toBeLessThan(MAX_TRIES);
				expect(waits.every((wait) => wait >= 0 && wait <= 120)).toBe(true);
			}),
		);
	});
});
