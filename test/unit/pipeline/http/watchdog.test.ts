// A request ends when it takes too long, falls silent or isn't wanted any more: its stream and its connection both.
import { setTimeout as sleep } from 'node:timers/promises';

import { watchOver, type Patience } from '../../../../pipeline/http/watchdog';

/** Watched for a while, in which something moves as often as is told. */
async function watched(
	patience: Partial<Patience>,
	milliseconds: number,
	everyMilliseconds?: number,
) {
	const watchdog = watchOver({ total: Infinity, silence: Infinity, grace: 0, ...patience });
	const reasons: unknown[] = [];
	watchdog.onEnd((reason) => reasons.push(reason));
	for (let passed = 0; passed < milliseconds; passed += everyMilliseconds ?? milliseconds) {
		await sleep(everyMilliseconds ?? milliseconds);
		if (everyMilliseconds !== undefined) watchdog.moved();
	}
	const { aborted } = watchdog.signal;
	watchdog.stop();
	return { aborted, reasons };
}

const ended = { aborted: true, reasons: [expect.objectContaining({ code: 'ETIMEDOUT' })] };
const goesOn = { aborted: false, reasons: [] };

test('all in all it may take so long, also when something moves', async () => {
	expect(await watched({ total: 100 }, 400, 50)).toEqual(ended);
});

test('silence ends it', async () => {
	expect(await watched({ silence: 100 }, 400)).toEqual(ended);
});

test('what moves goes on', async () => {
	expect(await watched({ silence: 2000, total: 60_000 }, 400, 50)).toEqual(goesOn);
});

test('a cancel ends it at once, or after the grace', async () => {
	const cancelled = AbortSignal.abort();
	// Before there is a stream that could be ended.
	expect(await watched({ cancelled }, 200)).toEqual({ aborted: true, reasons: [] });
	expect(await watched({ cancelled, grace: 60_000 }, 200)).toEqual(goesOn);
	expect(await watched({ cancelled, grace: 100 }, 400)).toEqual(ended);
});

test('once it is over, nothing ends it any more', async () => {
	const watchdog = watchOver({ total: 100, silence: Infinity, grace: 0 });
	watchdog.stop();
	await sleep(300);
	expect(watchdog.signal.aborted).toBe(false);
	watchdog.abandon();
	expect(watchdog.signal.aborted).toBe(true);
});
