// Single facts out of JSON of any form: what isn't there, or is something else, is undefined or empty.
import {
	fieldsOf,
	idIn,
	idOf,
	itemsOf,
	listOf,
	objectOf,
	textOf,
	wordOf,
} from '../../../../providers/answers/loose';

const LONGEST = 'a'.repeat(1000);

test.each<[string, (value: unknown) => unknown, unknown, unknown]>([
	['an object', objectOf, { a: 1 }, { a: 1 }],
	['no object of a list', objectOf, [1], undefined],
	['no object of null', objectOf, null, undefined],
	['no object of a text', objectOf, 'a', undefined],
	['fields', fieldsOf, { a: 1 }, { a: 1 }],
	['no fields of a list', fieldsOf, [1], {}],
	['a list', listOf, [1], [1]],
	['no list of an object', listOf, { length: 1 }, undefined],
	['entries', itemsOf, [1], [1]],
	['no entries of a text', itemsOf, 'a', []],
	['a text', textOf, 'a', 'a'],
	['no empty text', textOf, '', undefined],
	['no text of a number', textOf, 5, undefined],
	['a word', wordOf, 'a', 'a'],
	['a number as word', wordOf, 0, '0'],
	['no word of true', wordOf, true, undefined],
	['no empty word', wordOf, '', undefined],
	['an ID', idOf, 'task-1', 'task-1'],
	['a number as ID', idOf, 17, '17'],
	['an ID of 1,000 characters', idOf, LONGEST, LONGEST],
	['no longer one', idOf, `${LONGEST}a`, undefined],
	['no empty ID', idOf, '', undefined],
])('reads %s', (_what, read, value, expected) => {
	expect(read(value)).toEqual(expected);
});

test.each<[string, unknown, string | undefined]>([
	['the first name', { id: 'a', task_id: 'b' }, 'a'],
	['the next, where the first has none', { id: '', task_id: 'b' }, 'b'],
	['a number', { task_id: 5 }, '5'],
	['no other name', { name: 'a' }, undefined],
	['no list', [{ id: 'a' }], undefined],
	['nothing', undefined, undefined],
])('finds an ID under %s', (_rule, body, id) => {
	expect(idIn(body, ['id', 'task_id'])).toBe(id);
});
