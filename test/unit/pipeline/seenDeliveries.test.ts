// A repeated delivery starts nothing twice, in this process and after a restart.
import type { IDataObject } from 'n8n-workflow';

import { alreadySeen, markSeen } from '../../../pipeline/seenDeliveries';

/** Each test has a trigger of its own, as the process remembers what earlier ones have seen. */
let trigger: string;
let count = 0;
beforeEach(() => (trigger = `trigger-${count++}`));

it('knows a delivery only after it was marked', () => {
	const saved: IDataObject = {};
	expect(alreadySeen(trigger, saved, 'task-1')).toBe(false);
	markSeen(trigger, saved, 'task-1');
	expect(alreadySeen(trigger, saved, 'task-1')).toBe(true);
	expect(alreadySeen(trigger, saved, 'task-2')).toBe(false);
});

it('knows what was saved before a restart', () => {
	expect(alreadySeen(trigger, { seenDeliveries: ['task-1'] }, 'task-1')).toBe(true);
});

it('knows what arrived together with it and is not saved yet', () => {
	markSeen(trigger, {}, 'task-1');
	expect(alreadySeen(trigger, {}, 'task-1')).toBe(true);
});

it('keeps what is saved and what is not when it saves', () => {
	markSeen(trigger, {}, 'task-2');
	const saved: IDataObject = { seenDeliveries: ['task-1'], theirs: 'kept' };
	markSeen(trigger, saved, 'task-3');
	expect(saved).toEqual({ seenDeliveries: ['task-1', 'task-2', 'task-3'], theirs: 'kept' });
});

it('tells triggers apart', () => {
	markSeen(trigger, {}, 'task-1');
	expect(alreadySeen(`${trigger}-other`, {}, 'task-1')).toBe(false);
});

it('remembers the last thousand and forgets the oldest first', () => {
	const saved: IDataObject = {};
	for (let i = 0; i <= 1000; i++) markSeen(trigger, saved, `task-${i}`);
	expect(saved.seenDeliveries).toHaveLength(1000);
	expect(alreadySeen(trigger, saved, 'task-0')).toBe(false);
	expect(alreadySeen(trigger, saved, 'task-1')).toBe(true);
	expect(alreadySeen(trigger, saved, 'task-1000')).toBe(true);
});

test.each<[string, IDataObject[string]]>([
	['text', 'task-1'],
	['null', null],
	['an object', { 'task-1': true }],
])('starts anew where the saved data is %s', (_rule, seenDeliveries) => {
	const saved: IDataObject = { seenDeliveries };
	expect(alreadySeen(trigger, saved, 'task-1')).toBe(false);
	markSeen(trigger, saved, 'task-1');
	expect(saved.seenDeliveries).toEqual(['task-1']);
});
