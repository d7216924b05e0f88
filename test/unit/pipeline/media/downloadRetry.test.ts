// When a picture is fetched again: until a fresh link works, a few times where something broke, never after a refusal.
import { patienceWithLink } from '../../../../pipeline/media/downloadRetry';
import type { FailureDetails } from '../../../../providers/failure';

const failure = (details: Partial<FailureDetails>): FailureDetails => ({
	kind: 'download',
	message: 'It failed.',
	advice: '',
	...details,
});

/** The waits in milliseconds until it gives up. */
function waitsFor(...failures: Array<Partial<FailureDetails>>): number[] {
	const nextTry = patienceWithLink();
	const waits: number[] = [];
	for (let tried = 0; tried < 100; tried++) {
		const wait = nextTry(failure(failures[Math.min(tried, failures.length - 1)]!));
		if (wait === undefined) return waits;
		waits.push(wait);
	}
	throw new Error('It never gives up.');
}

test.each<[string, Partial<FailureDetails>, number[]]>([
	['a picture that arrived damaged', {}, [500, 1000, 2000]],
	['a link that is dead, or not there yet', { status: 404 }, [500, 1000, 2000, 2500, 2500]],
	['too many at once', { status: 429 }, [500, 1000, 2000]],
	['too many at once, with a word', { status: 429, retryAfterSeconds: 3 }, [3000, 3000, 3000]],
	['a server that is down', { status: 503 }, [500, 1000, 2000]],
	['a time-out of the server', { status: 408 }, [500, 1000, 2000]],
	['a link that may not be followed', { status: 403 }, []],
	['a link that is wrong', { status: 400 }, []],
	['a status below those of refusals', { status: 399 }, [500, 1000, 2000]],
	['a link that has expired', { status: 410 }, []],
	['a file that is too large', { status: 413 }, []],
	['a full disk', { status: 507 }, []],
	['what nobody should ask again', { shouldRetry: false }, []],
])('%s', (_rule, details, waits) => {
	expect(waitsFor(details)).toEqual(waits);
});

it('asks again in ten seconds at most until the link works, and then still as often as ever', () => {
	expect(waitsFor({ status: 404 }, { status: 404 }, {})).toEqual([500, 1000, 500, 1000, 2000]);
});

it('is another for each picture', () => {
	expect(waitsFor({})).toEqual(waitsFor({}));
});
