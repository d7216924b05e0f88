// A request ends when it takes too long, falls silent or isn't wanted any more: its stream and its connection both.
import { watchOver, type Patience } from '../../../../pipeline/http/watchdog';
import { createVirtualClock, type VirtualClock } from '../virtualClock';

function watchdogWith(patience: Partial<Patience>, clock = createVirtualClock()) {
	return watchOver(clock, { total: Infinity, silence: Infinity, grace: 0, ...patience });
}

/** Watched for a while, in which something moves as often as is told. */
async function watched(
	patience: Partial<Patience>,
	milliseconds: number,
	everyMilliseconds?: number,
	begin?: (clock: VirtualClock) => void,
) {
	const clock = createVirtualClock();
	const watchdog = watchdogWith(patience, clock);
	const reasons: unknown[] = [];
	let endedAfter = watchdog.signal.aborted ? clock.passed() : undefined;
	watchdog.onEnd((reason) => reasons.push(reason));
	watchdog.signal.addEventListener('abort', () => (endedAfter = clock.passed()));
	begin?.(clock);
	const step = everyMilliseconds ?? milliseconds;
	for (let passed = 0; passed < milliseconds; passed += step) {
		await clock.pass(step);
		if (everyMilliseconds !== undefined) watchdog.moved();
	}
	watchdog.stop();
	return { endedAfter, reasons };
}

const endedAfter = (milliseconds: number) => ({
	endedAfter: milliseconds,
	reasons: [expect.objectContaining({ code: 'ETIMEDOUT' })],
});
const goesOn = { endedAfter: undefined, reasons: [] };

test('all in all it may take so long, also when something moves', async () => {
	expect(await watched({ total: 120_000 }, 400_000, 7000)).toEqual(endedAfter(120_000));
});

test('silence ends it', async () => {
	expect(await watched({ silence: 5100 }, 400_000)).toEqual(endedAfter(5100));
});

test('what moves goes on', async () => {
	expect(await watched({ silence: 2000, total: 600_000 }, 400_000, 1999)).toEqual(goesOn);
});

test('a cancel ends it at once, or after the grace', async () => {
	const cancelled = AbortSignal.abort();
	// Before there is a stream that could be ended.
	expect(await watched({ cancelled }, 200)).toEqual({ endedAfter: 0, reasons: [] });
	expect(await watched({ cancelled, grace: 60_000 }, 59_000)).toEqual(goesOn);
	expect(await watched({ cancelled, grace: 100 }, 400)).toEqual(endedAfter(100));
});

test('a cancel on the way ends it, however long it may still take', async () => {
	const cancel = new AbortController();
	const later = (clock: VirtualClock) => void clock.pause(2500).then(() => cancel.abort());
	const patience = { total: 600_000, cancelled: cancel.signal, grace: 15_000 };
	expect(await watched(patience, 60_000, undefined, later)).toEqual(endedAfter(17_500));
});

test.each([
	['forwards, it ends soon', 3_600_000, 4000],
	['backwards, it ends in its time', -3_600_000, 60_000],
])('when the clock is set %s', async (_rule, jump, milliseconds) => {
	const later = (clock: VirtualClock) => void clock.pause(3500).then(() => clock.jump(jump));
	const { endedAfter: after } = await watched({ total: 60_000 }, 400_000, undefined, later);
	expect(after).toBeGreaterThanOrEqual(milliseconds);
	// A second is how often it looks.
	expect(after).toBeLessThanOrEqual(milliseconds + 1000);
});

test('a clock that is set back is no silence', async () => {
	const later = (clock: VirtualClock) => void clock.pause(3500).then(() => clock.jump(-3_600_000));
	expect(await watched({ silence: 5000 }, 60_000, 1000, later)).toEqual(goesOn);
});

test('once it is over, nothing ends it any more', async () => {
	const clock = createVirtualClock();
	const watchdog = watchdogWith({ total: 100 }, clock);
	watchdog.stop();
	await clock.pass(300);
	expect(watchdog.signal.aborted).toBe(false);
	watchdog.abandon();
	expect(watchdog.signal.aborted).toBe(true);
});
