// The items of a run that cost the most: which they are, and what a person can change.
import { dearestInWords, waysToSave, type Dear } from '../../../../pipeline/once/dearestItems';
import type { Saving } from '../../../../providers/limits/orderPrice';
import { requestWith } from '../../providers/support';

const FORMATS = ['Square', 'Story'].map((name) => ({ name, width: 10, height: 10 }));

const dear = (itemIndex: number, more: Partial<Dear> = {}): Dear => ({
	itemIndex,
	max: itemIndex + 1,
	what: `thing ${itemIndex}`,
	images: 1,
	request: requestWith({}),
	savings: () => [],
	...more,
});
const saving =
	(...savings: Array<[field: Saving['field'], isAutomatic: boolean]>): Dear['savings'] =>
	() =>
		savings.map(([field, isAutomatic]) => ({ field, isAutomatic }));

test.each<[Dear[], number, string]>([
	[[dear(3)], 1, 'It is for thing 3.'],
	[[dear(3), dear(0)], 2, 'They are item 3, up to $4.00 (thing 3); item 0, up to $1.00 (thing 0).'],
	[
		[dear(3), dear(2), dear(0)],
		4,
		'The dearest are item 3, up to $4.00 (thing 3); item 2, up to $3.00 (thing 2); item 0, up to $1.00 (thing 0).',
	],
])('which they are: %#', (dearest, items, words) => {
	expect(dearestInWords(dearest, items)).toBe(words);
});

test.each<[string, Dear[], number, string]>([
	['one item that is as cheap as can be', [dear(0)], 1, 'choose a cheaper Model'],
	['items that are', [dear(0), dear(1)], 2, 'send fewer items in'],
	[
		'a size that is automatic',
		[dear(0, { savings: saving(['Size', true]) })],
		1,
		'choose a Size (Automatic counts as the dearest) or choose a cheaper Model',
	],
	[
		'a quality that is automatic',
		[dear(0, { savings: saving(['Quality', true]) })],
		1,
		'choose a Quality (Automatic counts as the dearest) or choose a cheaper Model',
	],
	[
		'a size that is large, in one of several',
		[dear(0), dear(1, { savings: saving(['Size', false]) })],
		2,
		'choose a smaller Size or send fewer items in',
	],
	[
		'both, automatic in one and chosen in another',
		[
			dear(0, { savings: saving(['Size', true], ['Quality', true]) }),
			dear(1, { savings: saving(['Size', false], ['Quality', false]) }),
		],
		2,
		'choose a Size and a Quality (Automatic counts as the dearest), choose a smaller Size, choose a lower Quality or send fewer items in',
	],
	[
		'several formats in one of several',
		[dear(0, { request: requestWith({ formats: FORMATS }), images: 2 }), dear(1)],
		2,
		'choose fewer Formats or send fewer items in',
	],
	[
		'only one format',
		[dear(0, { request: requestWith({ formats: FORMATS.slice(1) }) })],
		1,
		'choose a cheaper Model',
	],
	[
		'several images in one of several',
		[dear(0), dear(1, { images: 2 })],
		2,
		'set Number of Images lower or send fewer items in',
	],
	[
		'several images of several formats',
		[dear(0, { request: requestWith({ formats: FORMATS }), images: 3 })],
		1,
		'choose fewer Formats, set Number of Images lower or choose a cheaper Model',
	],
])('how to spend less: %s', (_what, dearest, items, ways) => {
	expect(waysToSave(dearest, items)).toBe(ways);
});
