// What the fault matrix takes for a broken promise. Each violation stands alone: all else of the cell is as it should be.
import { judge, mayBeBusy, type Promised, type Seen } from '../../faults/judge';
import type { Order } from '../../faults/server/book';

const KEY = 'key-1-abcdef';
const ADVICE = 'Look for the task with Task: Get Many before you run this again.';
const promised: Promised = { aim: 'picture', orders: 1, key: KEY, keyStrayed: false, met: true };
const order: Order = { id: 'task-1', charged: true, told: true };

const picture: Seen = { ended: true, files: ['whole'], items: 1, hints: [], all: 'task-1' };
const refusal: Seen = {
	ended: true,
	files: [],
	items: 0,
	message: 'The server says 500.',
	advice: ADVICE,
	hints: [],
	errorName: 'NodeApiError',
	all: `${ADVICE} Task ID: task-1`,
};

const broken = (seen: Seen, orders: Order[] = [order], more: Partial<Promised> = {}) =>
	judge(seen, orders, { ...promised, ...more }).violations;

describe('all is well', () => {
	test.each<[string, Seen, Order[], Partial<Promised>?]>([
		['a picture that was charged', picture, [order]],
		['a refusal that gives the ID', refusal, [order]],
		['a refusal of what was never taken on', { ...refusal, all: '' }, []],
		[
			'a refusal without an ID, which warns',
			{ ...refusal, advice: `It may have been charged. ${ADVICE}`, all: '' },
			[{ ...order, id: '', told: false }],
		],
		[
			'an item in its place, which warns',
			{ ...refusal, errorName: undefined, items: 1, mayBeCharged: true, all: '' },
			[{ ...order, told: false }],
		],
		['a task that was free, and one that was paid', picture, [{ ...order, charged: false }, order]],
		[
			'an item in its place, where the workflow goes on',
			{ ...refusal, errorName: undefined, items: 1 },
			[order],
			{ goesOn: true },
		],
		[
			'a refusal that was free, beside the task of another item',
			{ ...refusal, errorName: undefined, items: 2, mayBeCharged: false },
			[order],
			{ orders: 2 },
		],
		['a refusal beside a picture', { ...refusal, files: ['whole'], items: 2 }, [order]],
		['a task that goes on', { ...picture, files: [] }, [order]],
		['an odd file with a hint', { ...picture, files: ['other'], hints: ['It is cut.'] }, [order]],
		[
			'raw words, but the quoted answer has them',
			{ ...refusal, advice: `${ADVICE}\nAnswer: TypeError: undefined` },
			[order],
		],
	])('%s', (...[, seen, orders, more]) => expect(broken(seen, orders, more)).toEqual([]));
});

describe('broken', () => {
	test.each<[string, Seen, Order[], Partial<Promised>?]>([
		['it did not end by its deadline', { ...picture, ended: false }, []],
		['it was charged more than once', picture, [order, { ...order }]],
		[
			'it was charged, and neither says so nor gives an ID',
			{ ...refusal, all: '' },
			[{ ...order, told: false }],
		],
		[
			'it was charged, and neither says so nor gives an ID',
			{ ...picture, files: [], all: '' },
			[{ ...order, told: false }],
		],
		[
			'it was charged, and neither says so nor gives an ID',
			{ ...picture, items: 2 },
			[order, { ...order, id: 'task-2', told: false }],
			{ orders: 2 },
		],
		['it was charged, and mayBeCharged is false', { ...refusal, mayBeCharged: false }, [order]],
		[
			'it was charged, and mayBeCharged is false',
			{ ...refusal, mayBeCharged: false, advice: `It may have been charged. ${ADVICE}` },
			[order, { ...order, id: 'task-2', told: false }],
			{ orders: 2 },
		],
		[
			'an ID that was told is lost',
			{ ...refusal, advice: `It may have been charged. ${ADVICE}`, all: '' },
			[order],
		],
		[
			'a raw error came out',
			{ ...refusal, message: "Cannot read properties of undefined (reading 'id')" },
			[],
		],
		['a raw error came out', { ...refusal, message: 'Request failed with status code 500' }, []],
		['a raw error came out', { ...refusal, message: 'The server leads to null.' }, []],
		['an error of a foreign kind came out', { ...refusal, errorName: 'Error' }, []],
		['it threw where the workflow goes on', refusal, [order], { goesOn: true }],
		['it says no next step', { ...refusal, advice: '' }, []],
		['it says nothing', { ...refusal, message: '' }, []],
		[
			'an item in its place says nothing of a charge',
			{ ...refusal, errorName: undefined, items: 1 },
			[],
			{ isOrder: true },
		],
		[
			'other words came out without a hint',
			{ ...picture, files: [], hasWords: false },
			[order],
			{ aim: 'words' },
		],
		[
			'it says no next step',
			{ ...picture, files: [], hints: ['It is gone.'], advice: '', started: 1 },
			[order],
		],
		['it ended well, without an item', { ...picture, files: [], items: 0 }, []],
		['a broken file came out without a hint', { ...picture, files: ['other'] }, []],
		['the key came out', { ...refusal, all: `Bearer ${KEY}` }, []],
		['the key went to another host', picture, [order], { keyStrayed: true }],
		['the fault was never met, so that nothing is shown', picture, [order], { met: false }],
	])('%s', (...[what, seen, orders, more]) => {
		expect(broken(seen, orders, more)).toEqual([what]);
	});
});

test('what came out, and whether it is what was wanted', () => {
	expect(judge(picture, [order], promised)).toMatchObject({ outcome: 'picture', made: true });
	expect(judge(refusal, [order], promised)).toMatchObject({ outcome: 'refusal', made: false });
	const task = judge({ ...picture, files: [] }, [order], { ...promised, aim: 'task' });
	expect(task).toMatchObject({ outcome: 'task', made: true, keepsIds: true });
});

test('only what a lack of time can break is looked at again', () => {
	const lost = judge(
		{ ...refusal, advice: `It may have been charged. ${ADVICE}`, all: '' },
		[order],
		promised,
	);
	expect(mayBeBusy(lost)).toBe(true);
	expect(mayBeBusy(judge({ ...refusal, advice: '' }, [order], promised))).toBe(false);
	expect(mayBeBusy(judge(picture, [order, { ...order }], promised))).toBe(false);
	expect(mayBeBusy(judge(picture, [order], promised))).toBe(false);
});
