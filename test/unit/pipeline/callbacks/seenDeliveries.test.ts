// A repeated delivery starts nothing twice, in this process and after a restart, and what is remembered stays small.
import type { IDataObject } from 'n8n-workflow';

import * as thisProcess from '../../../../pipeline/callbacks/seenDeliveries';

const { alreadySeen, forgetSeen, keepSeen, markSeen } = thisProcess;

/** Each test has a trigger of its own, as the process remembers what earlier ones have seen. */
let trigger: string;
let count = 0;
beforeEach(() => (trigger = `trigger-${count++}`));

/** The code as a process loads it that has just started. */
function restarted(): typeof thisProcess {
	let loaded = thisProcess;
	jest.isolateModules(() => {
		loaded = jest.requireActual<typeof thisProcess>(
			'../../../../pipeline/callbacks/seenDeliveries',
		);
	});
	return loaded;
}

/** As n8n does with a delivery: its own copy of what is saved, and afterwards the copy is saved. */
const copyOf = (saved: IDataObject) => structuredClone(saved);

it('knows a delivery only after it was marked', () => {
	const saved: IDataObject = {};
	expect(alreadySeen(trigger, saved, 'task-1')).toBe(false);
	markSeen(trigger, saved, 'task-1');
	expect(alreadySeen(trigger, saved, 'task-1')).toBe(true);
	expect(alreadySeen(trigger, saved, 'task-2')).toBe(false);
});

it('knows after a restart what was saved before', () => {
	const saved: IDataObject = { theirs: 'kept' };
	for (const id of ['task-1', 'task-2']) markSeen(trigger, saved, id);
	const after = restarted();
	for (const id of ['task-1', 'task-2']) {
		expect(after.alreadySeen(trigger, copyOf(saved), id)).toBe(true);
	}
	expect(after.alreadySeen(trigger, copyOf(saved), 'task-3')).toBe(false);
	expect(saved.theirs).toBe('kept');
});

it('knows what arrived together with it and is not saved yet', () => {
	markSeen(trigger, {}, 'task-1');
	expect(alreadySeen(trigger, {}, 'task-1')).toBe(true);
});

it('saves with a slow delivery what quicker ones have saved meanwhile', () => {
	const slow: IDataObject = {};
	const quick: IDataObject = {};
	markSeen(trigger, slow, 'slow');
	markSeen(trigger, quick, 'quick');
	keepSeen(trigger, slow);
	const after = restarted();
	for (const id of ['slow', 'quick']) expect(after.alreadySeen(trigger, slow, id)).toBe(true);
});

it('is up to date also where n8n saves a delivery long after it', () => {
	const slow: IDataObject = {};
	markSeen(trigger, slow, 'slow');
	keepSeen(trigger, slow);
	markSeen(trigger, {}, 'quick');
	const savedLate = JSON.parse(JSON.stringify(slow)) as IDataObject;
	expect(restarted().alreadySeen(trigger, savedLate, 'quick')).toBe(true);
});

it('makes good at the next delivery what another process or workflow has wiped out', () => {
	markSeen(trigger, {}, 'task-1');
	const wiped: IDataObject = {};
	keepSeen(trigger, wiped);
	expect(restarted().alreadySeen(trigger, wiped, 'task-1')).toBe(true);
});

it('knows both what it has seen itself and what another process has saved', () => {
	const saved: IDataObject = {};
	const other = restarted();
	for (const id of ['theirs-1', 'theirs-2']) other.markSeen(trigger, saved, id);
	for (const id of ['ours-1', 'ours-2']) markSeen(trigger, {}, id);
	const ours = copyOf(saved);
	keepSeen(trigger, ours);
	expect(ours.seenDeliveries).toEqual({ digests: expect.stringMatching(/^.{32}$/) });
	const after = restarted();
	for (const id of ['theirs-1', 'theirs-2', 'ours-1', 'ours-2']) {
		expect(after.alreadySeen(trigger, copyOf(ours), id)).toBe(true);
	}
	expect(after.alreadySeen(trigger, copyOf(ours), 'task-3')).toBe(false);
});

it('leaves the saved data alone where there is nothing to add, as each change is written to the database', () => {
	const saved: IDataObject = {};
	markSeen(trigger, saved, 'task-1');
	const unchanged = Object.freeze(copyOf(saved));
	keepSeen(trigger, unchanged);
	keepSeen(`${trigger}-other`, Object.freeze({}));
	expect(unchanged).toEqual(saved);
});

it('tells triggers apart', () => {
	markSeen(trigger, {}, 'task-1');
	expect(alreadySeen(`${trigger}-other`, {}, 'task-1')).toBe(false);
});

it('remembers the last 2000, eight bytes each, and forgets the oldest first', () => {
	const saved: IDataObject = {};
	for (let i = 0; i <= 2000; i++) {
		markSeen(trigger, saved, `task-unified-1757156493-${String(i).padStart(8, '0')}`);
	}
	expect(saved.seenDeliveries).toEqual({ digests: expect.stringMatching(/^.{16000}$/) });
	for (const { alreadySeen: seen } of [thisProcess, restarted()]) {
		expect(seen(trigger, saved, 'task-unified-1757156493-00000000')).toBe(false);
		expect(seen(trigger, saved, 'task-unified-1757156493-00000001')).toBe(true);
		expect(seen(trigger, saved, 'task-unified-1757156493-00002000')).toBe(true);
	}
});

it('remembers 200 triggers in the process, those used last', () => {
	const { alreadySeen: seen, markSeen: mark } = restarted();
	for (let i = 0; i < 200; i++) mark(`${trigger}-${i}`, {}, 'task-1');
	mark(`${trigger}-0`, {}, 'task-2');
	mark(`${trigger}-200`, {}, 'task-1');
	expect(seen(`${trigger}-0`, {}, 'task-1')).toBe(true);
	expect(seen(`${trigger}-1`, {}, 'task-1')).toBe(false);
	expect(seen(`${trigger}-2`, {}, 'task-1')).toBe(true);
	expect(seen(`${trigger}-200`, {}, 'task-1')).toBe(true);
});

describe('a delivery whose workflow n8n failed to start', () => {
	it('may come again, and only that one of that trigger', () => {
		const saved: IDataObject = {};
		for (const id of ['task-1', 'task-2']) markSeen(trigger, saved, id);
		markSeen(`${trigger}-other`, {}, 'task-1');
		forgetSeen(trigger, 'task-1');
		expect(alreadySeen(trigger, saved, 'task-1')).toBe(false);
		expect(alreadySeen(trigger, saved, 'task-2')).toBe(true);
		expect(alreadySeen(`${trigger}-other`, {}, 'task-1')).toBe(true);
	});

	it('is known again once its workflow was started', () => {
		const saved: IDataObject = {};
		markSeen(trigger, saved, 'task-1');
		forgetSeen(trigger, 'task-1');
		markSeen(trigger, saved, 'task-1');
		expect(alreadySeen(trigger, saved, 'task-1')).toBe(true);
		expect(saved.seenDeliveries).toEqual({ digests: expect.stringMatching(/^.{8}$/) });
	});

	it('is forgotten as long as no 2000 others have come after it', () => {
		const { alreadySeen: seen, forgetSeen: forget, markSeen: mark } = restarted();
		const saved: IDataObject = {};
		mark(trigger, saved, 'first');
		forget(trigger, 'first');
		for (let i = 1; i < 2000; i++) forget(trigger, `task-${i}`);
		expect(seen(trigger, saved, 'first')).toBe(false);
		forget(trigger, 'task-2000');
		expect(seen(trigger, saved, 'first')).toBe(true);
	});
});

test.each<[string, IDataObject[string]]>([
	['a text', 'task-1'],
	['digests of other length', { digests: 'task-1' }],
	['null', null],
	['a list', ['task-1']],
	['an object', { 'task-1': true }],
])('starts anew where the saved data is %s', (_rule, seenDeliveries) => {
	const saved: IDataObject = { seenDeliveries };
	expect(alreadySeen(trigger, saved, 'task-1')).toBe(false);
	markSeen(trigger, saved, 'task-1');
	expect(restarted().alreadySeen(trigger, saved, 'task-1')).toBe(true);
	expect(saved.seenDeliveries).toEqual({ digests: expect.stringMatching(/^.{8}$/) });
});
