// Eight megabytes of anything: every reader gets to its end. The only bound is the test's own time limit, which a
// search that goes back would break.
import { createChatGateway } from '../../../../providers/chat';
import { markdownLinks, plainLinks } from '../../../../providers/chat/links';
import { sentKeys } from '../../../../providers/chat/sent';
import { answerWith, requestWith } from '../support';
import { chatWith, FOX, imagePart, readBody, readStream, saying } from './transcripts';

const MEGABYTE = 1024 * 1024;
const BYTES = 8 * MEGABYTE;
const gateway = createChatGateway('https://gateway.test');
const pieces = [
	...[
		'[',
		'![',
		'](',
		'![](',
		'[](',
		'![a](',
		'](/',
		'](stored:',
		')',
		'(',
		'[]',
		'![[](',
		'\\',
		'\\/',
		'\\n',
		'"',
		'`',
	],
	...[
		'data:',
		'data:A',
		'data:image/png',
		'data:image/png;',
		'data:image/png;base64,',
		'DATA:IMAGE/PNG;BASE64,\n',
		'base64://',
	],
	...[
		'data:image/png;base64,iVBORw0KGgoA',
		'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAA\n',
		'![](data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAA) ',
	],
	...[
		'iVBORw0KGgo',
		'IVBORW0KGGO',
		'/9j/',
		'/9j/4AAQSkZJRgABAQAAAQABAAD2wBDAAMCAgMCAgMDAwMEAwME\n',
		'A',
		'AAAA',
		'=',
		'A=',
		'A\n',
		'stored:',
		'stored:a',
	],
	...[
		'http://',
		'https://a',
		'https://a.test/x.png ',
		'https://a.test/x.png\n![](',
		'![](http://a.test)',
		'https://a(',
		'https://a.test/a(b)',
		'.png?',
		'/preview',
		'https://例',
	],
	...[
		' ',
		'\n',
		'\r',
		'\u0000',
		'例',
		'🦊',
		'\ud800',
		'{',
		'{"a":',
		'[[',
		'1',
		'100%',
		'미리 ',
		'.',
		'error',
	],
];

test.each(pieces)('in the text: %j', (piece) => {
	const text = piece.repeat(Math.ceil(BYTES / Buffer.byteLength(piece)));
	const { images } = readBody(saying(`![image](${FOX})\n\n${text}`));
	expect(images).toContainEqual({ url: FOX });
});

test.each(pieces)('in every other place: %j', (piece) => {
	const text = piece.repeat(Math.ceil(MEGABYTE / Buffer.byteLength(piece)));
	readBody(chatWith({ images: [imagePart(text), { b64_json: text }, text], refusal: text }));
	readBody({ data: [{ url: text, b64_json: text }], images: text, model: text });
	const event = (content: string) =>
		`data: ${JSON.stringify({ choices: [{ delta: { content } }] })}\n\n`;
	const stream = (text.match(/[^]{1,60000}/g) ?? []).map(event).join('');
	expect(typeof readStream(stream).text).toBe('string');
	sentKeys(
		requestWith({
			prompt: text,
			references: [{ label: 'x', url: text }],
			extras: { parameters: { stop: text } },
		}),
	);
	for (const body of [
		text,
		{ error: { message: text, code: text, type: text } },
		{ choices: [{ error: text, message: { content: text } }] },
	]) {
		try {
			gateway.readTask(answerWith({ body }), requestWith({}));
		} catch (error) {
			expect(String(error).length).toBeLessThan(2000);
		}
	}
});

test('random text, of which much is written in other scripts', () => {
	let text = 'https://';
	for (let code = 0; text.length < BYTES / 3; code = (code * 7 + 13) % 20_000)
		text += String.fromCharCode(0x4e00 + code);
	expect([...plainLinks(text)]).toEqual([]);
	const short = text.replace(/[^]{3000}/g, '$& https://');
	expect([...plainLinks(short)].length).toBeLessThan(2);
});

test('brackets that are all closed at the end', () => {
	const text = `${'['.repeat(BYTES / 2)}${'](https://a.test)'.repeat(BYTES / 32)}`;
	expect([...markdownLinks(text)].length).toBeGreaterThan(0);
});

test.each([
	['choices', (list: unknown[]) => ({ choices: list })],
	['data', (list: unknown[]) => ({ data: list })],
	['parts', (list: unknown[]) => saying(list)],
	['images', (list: unknown[]) => chatWith({ images: list })],
])('many entries of %s', (_name, bodyOf) => {
	for (const entry of [null, 7, {}, '', 'x', { type: 'image' }, { url: FOX }]) {
		expect(typeof readBody(bodyOf(Array<unknown>(300_000).fill(entry))).text).toBe('string');
	}
});

test('a hundred thousand levels', () => {
	let deep: unknown = FOX;
	for (let level = 0; level < 100_000; level++)
		deep = level % 2 ? [deep] : { url: deep, content: deep };
	for (const body of [
		deep,
		{ choices: deep },
		{ data: [deep] },
		saying(deep),
		saying([deep]),
		{ error: deep },
	]) {
		expect(readBody(body).images).toEqual([]);
	}
});
