// The endings of picture files: which are believed behind a name, and which one a picture gets.
import { splitEnding, withEnding } from '../../../../../pipeline/media/store/fileEndings';

test.each<[string, string, string | undefined]>([
	['fox.png', 'fox', 'png'],
	['fox.JPEG', 'fox', 'JPEG'],
	['fox.jpg', 'fox', 'jpg'],
	['fox.jpe', 'fox', 'jpe'],
	['fox.jfif', 'fox', 'jfif'],
	['fox.webp', 'fox', 'webp'],
	['fox.gif', 'fox', 'gif'],
	['fox.avif', 'fox', 'avif'],
	['fox.heic', 'fox', 'heic'],
	['fox.heif', 'fox', 'heif'],
	['fox.svg', 'fox', 'svg'],
	['fox.bmp', 'fox', 'bmp'],
	['fox.tif', 'fox', 'tif'],
	['fox.tiff', 'fox', 'tiff'],
	['fox.png.png', 'fox.png', 'png'],
	['.png', '', 'png'],
	['fox.png ', 'fox.png ', undefined],
	['fox.pdf', 'fox.pdf', undefined],
	['v1.2', 'v1.2', undefined],
	['foxpng', 'foxpng', undefined],
	['fox.xpng', 'fox.xpng', undefined],
	['', '', undefined],
])('%j is %j with the ending %s', (fileName, stem, ending) => {
	expect(splitEnding(fileName)).toEqual({ stem, ending });
});

test.each<[Parameters<typeof withEnding>[1], string | undefined, string]>([
	['jpeg', undefined, 'fox.jpg'],
	['jpeg', 'JPEG', 'fox.JPEG'],
	['jpeg', 'jfif', 'fox.jfif'],
	['jpeg', 'png', 'fox.jpg'],
	['heic', 'heif', 'fox.heif'],
	['heic', undefined, 'fox.heic'],
	['png', 'tiff', 'fox.png'],
	['avif', '', 'fox.avif'],
	['unknown', 'png', 'fox'],
])('a picture of type %s with %s typed behind its name is %s', (type, typed, name) => {
	expect(withEnding('fox', type, typed)).toBe(name);
});
