// The plain parts of an output item: times, links and names, whatever an answer has in their place.
import { linkOf, linksOf, timeText } from '../../../../pipeline/media/imageItem';
import type { ImageTask } from '../../../../providers/contract';

const taskWith = (parts: Partial<ImageTask>): ImageTask => ({
	id: 'task-1',
	status: 'succeeded',
	images: [],
	raw: {},
	...parts,
});

test.each<[string | undefined, Date | undefined]>([
	['2026-11-28T12:00:00.000Z', new Date('2026-11-28T12:00:00Z')],
	[undefined, new Date(Number.NaN)],
	[undefined, new Date(8.64e15 + 1)],
	[undefined, undefined],
])('the time is written as %s', (text, time) => {
	expect(timeText(time)).toBe(text);
});

test.each<[string | undefined, string | undefined]>([
	['https://a.test/x.png', 'https://a.test/x.png'],
	['HTTP://a.test/x.png', 'HTTP://a.test/x.png'],
	['data:image/png;base64,iVBORw0KGgo=', undefined],
	['stored:0123', undefined],
	['/data/x.png', undefined],
	['https://', undefined],
	['', undefined],
	[undefined, undefined],
])('the link of an image at %s is %s', (url, link) => {
	const task = taskWith({ images: [{ url }] });
	expect(linkOf(task, 0)).toBe(link);
	expect(linksOf(task)).toEqual(link === undefined ? [] : [link]);
});
