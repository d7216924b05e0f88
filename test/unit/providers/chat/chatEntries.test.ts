// Entries of lists of images: what in them is a picture or leads to one, and what was only meant as one.
import { imagesOf } from '../../../../providers/chat/chatEntries';
import { newPictures } from '../../../../providers/chat/pictures';
import { BASE_URL, DATA_URI, FOX, OWL, PIXEL, PIXEL_BYTES } from './transcripts';

/** The images as addresses, references, or the bytes in hex, and how many were only meant. */
const read = (list: unknown) => {
	const pictures = newPictures();
	const { images, unread } = imagesOf(list, { pictures, baseUrl: BASE_URL });
	const written = images.map(({ url, stored = '' }) => url ?? pictures.find(stored) ?? stored);
	return [...written.map((each) => (Buffer.isBuffer(each) ? each.toString('hex') : each)), unread];
};
const PIXEL_HEX = PIXEL_BYTES.toString('hex');
const hexOf = (base64: string) => Buffer.from(base64, 'base64').toString('hex');
const base64Of = (text: string) => Buffer.from(text, 'latin1').toString('base64');
const WORD = 'aB3-_+'.repeat(11);
const LONG = 'aB3-_+7Z'.repeat(125);
const SORRY = 'I am sorry but this picture would show a brand that I must not draw';
const SVG_BEHIND_COMMENT = base64Of('\n<!-- a fox -->\n<svg xmlns="http://www.w3.org/2000/svg"/>');
const BMP = base64Of(`BM\x46\0\0\0\0\0\0\0\x36${'\0'.repeat(60)}`);

test.each<[string, string, string | undefined]>([
	['an address', ` ${FOX} `, FOX],
	['a path', '/a.png', 'https://gateway.test/a.png'],
	['a reference', ' stored:1 ', 'stored:1'],
	['base64 of a PNG', PIXEL, PIXEL_HEX],
	...[
		'iVBORw0KGgoAAAAN',
		'/9j/4AAQSkZJRgAB',
		'R0lGODlhAQABAIAA',
		'UklGRgAAAABXRUJQ',
		'AAAAIGZ0eXBhdmlm',
		'PHN2ZyB4bWxucz0i',
		'PD94bWwgdmVyc2lv',
	].map((base64): [string, string, string | undefined] => [
		`base64 that begins as a picture: ${base64}`,
		base64,
		hexOf(base64),
	]),
	['no beginning that is shorter', 'R0lGODlhAQABAIA', undefined],
	['an SVG behind a comment, as base64', SVG_BEHIND_COMMENT, hexOf(SVG_BEHIND_COMMENT)],
	['a BMP as base64', BMP, hexOf(BMP)],
	['no base64 of anything else', WORD, undefined],
	['none with 999 characters', LONG.slice(0, 999), undefined],
	['what is too long for a word: a picture of a kind that nobody knows', LONG, hexOf(LONG)],
	['no words that are as long', `${LONG} and more`, undefined],
	['no base64 of a web page', base64Of('<!doctype html><title>A page</title>'), undefined],
	['no words, however many', SORRY, undefined],
	['no picture with another sign in it', `${PIXEL}!`, undefined],
	['a long path', `/${WORD}`, `https://gateway.test/${WORD}`],
	['a data URI', DATA_URI, PIXEL_HEX],
	['a data URI with spaces', `data:image/png ; BASE64 , ${PIXEL}`, PIXEL_HEX],
	['a data URI without a type', `data:;base64,${PIXEL}`, PIXEL_HEX],
	['three heads', `data:a;base64,data:b;base64,${DATA_URI}`, PIXEL_HEX],
	['a head of another kind behind it', `data:image/png;base64,base64://${PIXEL}`, PIXEL_HEX],
	['16 characters behind a head', `base64://${'A'.repeat(16)}`, hexOf('A'.repeat(16))],
	['none with fewer behind a head', `base64://${'A'.repeat(15)}`, undefined],
	['an SVG as text', 'data:image/svg+xml;utf8,%3Csvg%3E', Buffer.from('<svg>').toString('hex')],
	['an SVG in capitals', 'DATA:IMAGE/SVG+XML,<svg>', Buffer.from('<svg>').toString('hex')],
	['no SVG that can not be read', 'data:image/svg+xml,%E0%A4%A', undefined],
	['no other text', 'data:text/plain,image/svg+xml', undefined],
	['no other coding', `data:image/png;base64x,${PIXEL}`, undefined],
	['no coding in the middle', `data:image/png;base64;x,${PIXEL}`, undefined],
	['no head that is too long', `data:${'a'.repeat(194)};base64,${PIXEL}`, undefined],
	['a word', 'later', undefined],
])('written out: %s', (_form, text, image) => {
	expect(read([text])).toEqual(image === undefined ? [1] : [image, 0]);
});

const VIDEO = { mimeType: 'video/mp4', data: PIXEL };

test.each<[string, unknown, string | undefined, number]>([
	['a picture before a link', { url: FOX, b64_json: PIXEL }, PIXEL_HEX, 0],
	['a link where the picture is none', { url: FOX, b64_json: 7 }, FOX, 0],
	['a picture inside before its link', { inlineData: { data: PIXEL }, url: FOX }, PIXEL_HEX, 0],
	['an image_url before a url', { image_url: { url: FOX }, url: OWL }, FOX, 0],
	['a source with an address', { type: 'image', source: { url: FOX } }, FOX, 0],
	['a source before a url', { source: { data: PIXEL }, url: FOX }, PIXEL_HEX, 0],
	[
		'a source of a video',
		{ type: 'x', source: { media_type: 'video/mp4', data: PIXEL } },
		undefined,
		0,
	],
	[
		'a source of sound',
		{ type: 'x', source: { media_type: ' Audio/mp3', data: PIXEL } },
		undefined,
		0,
	],
	[
		'a source of text',
		{ type: 'x', source: { media_type: 'text/plain', data: PIXEL } },
		undefined,
		0,
	],
	[
		'a source of an odd type',
		{ type: 'x', source: { media_type: 'my-video/x', data: PIXEL } },
		PIXEL_HEX,
		0,
	],
	[
		'an inline picture with an odd type',
		{ type: 'x', inline_data: { mime_type: 5, data: PIXEL } },
		PIXEL_HEX,
		0,
	],
	['an inline video', { type: 'x', inlineData: VIDEO }, undefined, 0],
	['an inline video, beside a url', { inlineData: VIDEO, url: FOX }, FOX, 0],
	[
		'an inline picture that is missing',
		{ type: 'x', inlineData: { mimeType: 'image/png' } },
		undefined,
		1,
	],
	['an image with a url', { type: 'OUTPUT_IMAGE', url: FOX }, FOX, 0],
	['an image with data', { type: 'image', data: PIXEL }, PIXEL_HEX, 0],
	['an image with a result', { type: 'image_generation_call', result: PIXEL }, PIXEL_HEX, 0],
	['an image with an image', { type: 'image', image: { url: FOX } }, FOX, 0],
	['an image with nothing', { type: 'image' }, undefined, 1],
	['something else with a url', { type: 'tool', url: FOX }, undefined, 0],
	[
		'something else with data',
		{ type: 'tool', data: PIXEL, result: PIXEL, image: PIXEL },
		undefined,
		0,
	],
	['data without a type', { data: PIXEL }, undefined, 0],
	[
		'a type that speaks of images far behind',
		{ type: `${'a'.repeat(100)}image`, url: FOX },
		undefined,
		0,
	],
	[
		'base64 of whatever it is, where a picture must be',
		{ type: 'image', data: WORD },
		hexOf(WORD),
		0,
	],
	['base64 of whatever it is, by its type', { inlineData: { data: WORD } }, hexOf(WORD), 0],
	['words in the place of a link', { type: 'image', url: SORRY }, undefined, 1],
	['words in the place of a picture', { type: 'image', data: SORRY }, undefined, 1],
	['a b64_json that is null', { type: 'x', b64_json: null }, undefined, 1],
	['an image_url that is null', { type: 'x', image_url: null }, undefined, 1],
	['a url that is null', { url: null }, undefined, 1],
	['a url that is null, of something else', { type: 'x', url: null }, undefined, 0],
	['an empty object', {}, undefined, 0],
	['a list', [FOX], undefined, 0],
	['a number', 7, undefined, 0],
	['null', null, undefined, 0],
	['an empty text', ' ', undefined, 0],
])('an entry with %s', (_form, entry, image, unread) => {
	expect(read([entry])).toEqual(image === undefined ? [unread] : [image, unread]);
});

test('several entries come in their order, and one alone needs no list', () => {
	expect(read([FOX, 'later', { url: OWL }, { type: 'image' }])).toEqual([FOX, OWL, 2]);
	expect(read(FOX)).toEqual([FOX, 0]);
	expect(read(undefined)).toEqual([0]);
});
