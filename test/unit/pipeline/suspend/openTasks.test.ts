// When a suspended execution has nothing to wait for any more, by what its tasks have become.
import { hasFailedTask, isOver } from '../../../../pipeline/suspend/openTasks';
import type { Suspension } from '../../../../pipeline/suspend/suspension';

/** `a` and `b` call back, `c` doesn't. */
const suspension = (continueOnFail: boolean): Suspension => ({
	id: '',
	origin: '',
	items: [
		{ taskIds: ['a', 'b'], callsBack: true },
		{ taskIds: ['c'], callsBack: false },
	],
	continueOnFail,
	resumeUrl: '',
});

test.each<[string, Record<string, boolean>, stop: boolean, goOn: boolean]>([
	['nothing has ended', {}, false, false],
	['one of an item has ended', { a: true }, false, false],
	['one that calls nobody has ended', { c: true }, false, false],
	['all that call back have ended', { a: true, b: true }, true, true],
	['one has failed', { a: false }, true, false],
	['one has failed that calls nobody', { c: false }, true, false],
	['all have failed', { a: false, b: false, c: false }, true, true],
])('when %s', (_what, ended, stop, goOn) => {
	const outcomes = new Map(Object.entries(ended));
	expect(isOver(suspension(false), outcomes)).toBe(stop);
	expect(isOver(suspension(true), outcomes)).toBe(goOn);
	const failed = Object.values(ended).includes(false);
	expect(hasFailedTask(suspension(true), outcomes)).toBe(failed);
});
