// The real clock, what a piece of work makes of one that is set back, and the one that other tests put in its place.
import { realClock, steady } from '../../../pipeline/clock';
import { createVirtualClock } from './virtualClock';

const HOUR = 3_600_000;

test('the real one tells the time, and a number from 0 to 1', () => {
	const before = Date.now();
	const now = realClock.now();
	expect(now).toBeGreaterThanOrEqual(before);
	expect(now).toBeLessThanOrEqual(Date.now());
	const chance = realClock.chance();
	expect(chance).toBeGreaterThanOrEqual(0);
	expect(chance).toBeLessThan(1);
});

test.each([0, -5, 5])('a pause of %i ms ends', async (milliseconds) => {
	await expect(realClock.pause(milliseconds)).resolves.toBeUndefined();
});

describe('a pause of the real one', () => {
	beforeEach(() => jest.useFakeTimers());
	afterEach(() => jest.useRealTimers());

	test.each([1, 999, 1000, 2500])('is %i ms long', async (milliseconds) => {
		let hasEnded = false;
		void realClock.pause(milliseconds).then(() => (hasEnded = true));
		await jest.advanceTimersByTimeAsync(milliseconds - 1);
		expect(hasEnded).toBe(false);
		await jest.advanceTimersByTimeAsync(1);
		expect(hasEnded).toBe(true);
	});
});

describe('a steady clock', () => {
	function steadied() {
		const clock = createVirtualClock();
		const { now } = steady(clock);
		const startedAt = now();
		return { clock, passed: () => now() - startedAt };
	}

	test('goes on where the other one is set back, each time', async () => {
		const { clock, passed } = steadied();
		await clock.pass(1000);
		expect(passed()).toBe(1000);
		clock.jump(-HOUR);
		expect(passed()).toBe(1000);
		await clock.pass(500);
		expect(passed()).toBe(1500);
		clock.jump(-5);
		expect(passed()).toBe(1500);
		await clock.pass(500);
		expect(passed()).toBe(2000);
	});

	test('follows it forwards, as a computer wakes up', async () => {
		const { clock, passed } = steadied();
		clock.jump(HOUR);
		await clock.pass(1);
		expect(passed()).toBe(HOUR + 1);
	});
});

describe('a virtual clock', () => {
	test('passes when everything waits, in order of the moments that are waited for', async () => {
		const clock = createVirtualClock();
		const ended: string[] = [];
		const wait = async (name: string, milliseconds: number) => {
			await clock.pause(milliseconds);
			ended.push(`${name} ${clock.passed()}`);
		};
		await clock.until(Promise.all([wait('day', 24 * HOUR), wait('hour', HOUR), wait('none', 0)]));
		expect(ended).toEqual(['none 0', `hour ${HOUR}`, `day ${24 * HOUR}`]);
	});

	test('is set without that a wait ends', async () => {
		const clock = createVirtualClock();
		const before = clock.now();
		clock.jump(-HOUR);
		await clock.pass(10);
		expect([clock.now() - before, clock.passed()]).toEqual([10 - HOUR, 10]);
	});

	test('tells of work that would wait for ever', async () => {
		const clock = createVirtualClock();
		await expect(clock.until(new Promise(() => {}))).rejects.toThrow('never comes');
	});

	test('ends a pause that is cancelled, as the real one does', async () => {
		for (const clock of [createVirtualClock(), realClock]) {
			const cancel = new AbortController();
			const pause = clock.pause(24 * HOUR, cancel.signal);
			cancel.abort();
			await expect(pause).rejects.toThrow('The execution was canceled.');
			await expect(clock.pause(1, cancel.signal)).rejects.toThrow('The execution was canceled.');
		}
	});
});
