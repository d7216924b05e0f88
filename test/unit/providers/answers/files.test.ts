// Files in answers of any form: pictures are found wherever they stand, and masks only where there is nothing else.
import { filesIn, pictureEntriesIn } from '../../../../providers/answers/files';

const png = (name: string) => ({ url: `https://x.test/${name}`, content_type: 'image/png' });
const film = { url: 'https://x.test/a.mp4', content_type: 'video/mp4' };
const within = (levels: number, value: unknown): unknown =>
	levels === 0 ? value : { inner: within(levels - 1, value) };

test.each<[string, Record<string, unknown>, unknown[]]>([
	['a list', { images: [png('a'), png('b')], image: png('c') }, [png('a'), png('b')]],
	['one', { image: png('a'), images: [] }, [png('a')]],
	['what is no picture by its name', { images: [film] }, [film]],
	['files of any name', { front: png('a'), more: { back: [png('b')] } }, [png('a'), png('b')]],
	['no mask beside a picture', { result: png('a'), mask_image: png('m') }, [png('a')]],
	['masks alone', { masks: [png('m')] }, [png('m')]],
	['nothing of another type', { video: film }, []],
	['nothing without a type', { link: { url: 'https://x.test/a' } }, []],
	['no mask, however it is written', { result: png('a'), alphaMASK: png('m') }, [png('a')]],
	[
		'what has an address only, without a type',
		{ images: ['https://x.test/a'] },
		['https://x.test/a'],
	],
	[
		'nothing with a type that only speaks of images',
		{ a: { ...film, content_type: 'x-image/png' } },
		[],
	],
	['nothing with a number as type', { a: { ...film, content_type: 5 } }, []],
	['nothing without an address', { a: { url: '', content_type: 'image/png' } }, []],
	['in lists of lists', { all: [[png('a')], [png('b')]] }, [png('a'), png('b')]],
	['nothing in an empty answer', {}, []],
])('pictures are %s', (_what, body, pictures) => {
	expect(pictureEntriesIn(body)).toEqual(pictures);
});

test.each([
	[3, 1],
	[4, 0],
])('files are looked for to a depth, here %i levels down', (levels, count) => {
	expect(filesIn(within(levels, film), () => true)).toHaveLength(count);
});

test('what stands in a file belongs to it', () => {
	expect(filesIn({ ...film, preview: png('a') }, ({ url }) => url !== film.url)).toEqual([]);
});
