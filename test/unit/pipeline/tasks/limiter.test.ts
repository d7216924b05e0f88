// A few jobs at a time, in order, whatever they do.
import { createLimiter } from '../../../../pipeline/tasks/limiter';

const tick = async () => await new Promise((resolve) => setImmediate(resolve));

test('no more jobs run at once than are allowed, and all of them in their order', async () => {
	const limit = createLimiter(3);
	const started: number[] = [];
	let running = 0;
	let max = 0;
	const jobs = Array.from(
		{ length: 20 },
		async (_, index) =>
			await limit(async () => {
				started.push(index);
				max = Math.max(max, ++running);
				await tick();
				running -= 1;
				return index;
			}),
	);
	// One that comes while a place is being handed on takes nobody's turn.
	await tick();
	jobs.push(limit(async () => started.push(99)));
	await Promise.all(jobs);
	expect(max).toBe(3);
	expect(started).toEqual([...Array(20).keys(), 99]);
});

test('a job that throws, also at once, leaves its place', async () => {
	const limit = createLimiter(1);
	const thrown = limit(() => {
		throw new Error('at once');
	});
	await expect(thrown).rejects.toThrow('at once');
	await expect(limit(async () => await Promise.reject(new Error('later')))).rejects.toThrow(
		'later',
	);
	await expect(limit(async () => 'well')).resolves.toBe('well');
});
