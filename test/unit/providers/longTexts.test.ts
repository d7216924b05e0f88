// What a person, a row or a catalogue brings finishes on a megabyte of anything, as the readers of answers do.
import { customHeader } from '../../../credentials/shared/signing';
import { typedName } from '../../../pipeline/media/fileNames';
import { referenceFieldsOf } from '../../../providers/described/dialect';
import type { InputField } from '../../../providers/described/inputFields';
import { ImageFailure } from '../../../providers/failure';
import { createFal } from '../../../providers/fal';
import { endpointOf, pathOf } from '../../../providers/fal/ids';
import { DIALECT } from '../../../providers/fal/models';
import { checkOwnPrices } from '../../../providers/ownPrices';
import { readBaseUrl } from '../../../providers/requests/baseUrl';
import { imageWith, requestWith } from './support';

const SIZE = 1_000_000;
const fal = createFal({
	baseUrl: 'https://a.test',
	filesBaseUrl: 'https://a.test',
	apiBaseUrl: 'https://a.test',
});

/** Texts whose repeated piece a careless pattern goes over again from each of its places. */
const PIECES = [
	'a',
	'1',
	' ',
	'/',
	'#',
	'?',
	':',
	'+',
	'.',
	'=',
	'$ ',
	'/v1',
	'/v1a',
	'image',
	'1 / ',
];
const TEXTS = PIECES.flatMap((piece) => {
	const many = piece.repeat(SIZE / piece.length);
	return ['', '\n!'].map((end) => [
		`${JSON.stringify(piece)}, then ${JSON.stringify(end)}`,
		many + end,
	]);
});

const READERS: Array<[string, (text: string) => unknown]> = [
	['a Base URL', (text) => readBaseUrl(`https://a.test/${text}!`)],
	['own prices', (text) => checkOwnPrices(`a = ${text}`)],
	['own prices of a long name', (text) => checkOwnPrices(text)],
	['the name of a header', (text) => customHeader({ header: true, headerName: `${text}!` })],
	['a model of fal', (text) => endpointOf(`${text}!`)],
	['a task of fal', (text) => pathOf(text)],
	[
		'the fields of a model of fal',
		(text) => referenceFieldsOf(new Map([[`${text}!`, {} as InputField]]), DIALECT),
	],
	['a callback address', (text) => fal.submit(requestWith({ model: 'a/b', callbackUrl: text }))],
	['the type of a file', (text) => fal.upload.request({ ...imageWith('data'), mimeType: text })],
	['a file name', (text) => typedName(text)],
];

describe.each(READERS)('%s', (_what, read) => {
	test.each(TEXTS)('of %s', (_text, text) => {
		try {
			read(text);
		} catch (error) {
			// Refused in words, which quote only a part of it.
			if (!(error instanceof ImageFailure)) throw error;
			expect(error.message.length).toBeLessThan(1000);
		}
	});
});
