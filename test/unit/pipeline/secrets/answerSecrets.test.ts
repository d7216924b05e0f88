// Keys are taken out of an answer before it is read, and nothing else of it is touched.
import { answerToWorkWith, answerWithoutSecrets } from '../../../../pipeline/secrets/answerSecrets';
import { createRedactor } from '../../../../pipeline/secrets/redactor';
import type { HttpAnswer } from '../../../../providers/contract';

const KEY = ['sk-Quoted', 'AbCdEfGhIjKlMnOpQr', '0123456789'].join('_');
const hide = createRedactor([KEY]).long;
const answerOf = (body: unknown, headers: Record<string, string> = {}): HttpAnswer => ({
	status: 200,
	headers,
	body,
	receivedAt: new Date(0),
});
const LINK = `https://files.example.com/1.png?key=${KEY}`;

test('the key goes, wherever it stands', () => {
	const body = { message: `Not ${KEY}.`, list: [{ [KEY]: 1 }], picture: LINK };
	const shown = answerWithoutSecrets(answerOf(body, { 'x-request-id': KEY }), hide);
	expect(JSON.stringify(shown)).not.toContain(KEY);
	expect(shown.body).toMatchObject({ message: 'Not •••.', list: [{ '•••': 1 }] });
	expect(body.message).toContain(KEY);
});

test('an address stays as long as it is worked with, so that its picture can be fetched', () => {
	const shown = answerToWorkWith(answerOf({ url: LINK, text: `See ${LINK}` }), hide);
	expect(shown.body).toEqual({ url: LINK, text: 'See https://files.example.com/1.png?key=•••' });
});

test('what has no key in it is the same object', () => {
	const answer = answerOf({ url: 'https://files.example.com/1.png', list: ['a', { b: null }] });
	expect(answerWithoutSecrets(answer, hide)).toBe(answer);
	const stream = answerOf(Buffer.from('data: {}\n\n'));
	expect(answerWithoutSecrets(stream, hide)).toBe(stream);
});

test('a key in the headers alone goes, too', () => {
	const body = { a: 'b' };
	const shown = answerWithoutSecrets(answerOf(body, { location: `/${KEY}` }), hide);
	expect([shown.body, shown.headers]).toEqual([body, { location: '/•••' }]);
});

test.each([
	['http too', `http://files.example.com/${KEY}`, `http://files.example.com/${KEY}`],
	['not with words behind it', `${LINK} was it`, 'https://files.example.com/1.png?key=••• was it'],
	['not with words before it', `at ${LINK}`, 'at https://files.example.com/1.png?key=•••'],
])('an address is nothing else: %s', (_what, text, left) => {
	expect(answerToWorkWith(answerOf({ text }), hide).body).toEqual({ text: left });
});

test('of a list, one entry with the key is enough', () => {
	const { body } = answerWithoutSecrets(answerOf(['a', KEY, 'b']), hide);
	expect(body).toEqual(['a', '•••', 'b']);
});

test('an answer of many levels is gone through as far as it is read', () => {
	let list: unknown = KEY;
	let record: unknown = KEY;
	for (let level = 0; level < 100_000; level++) {
		list = [list];
		record = { a: record };
	}
	const answer = answerOf([list, record]);
	expect(answerWithoutSecrets(answer, hide) === answer).toBe(true);
	let deepest: unknown = KEY;
	for (let level = 0; level < 500; level++) deepest = level % 2 ? [deepest] : { a: deepest };
	expect(JSON.stringify(answerWithoutSecrets(answerOf(deepest), hide).body)).toContain('•••');
});

describe('a long text', () => {
	const shownOf = (text: string) => answerWithoutSecrets(answerOf(text), hide).body as string;
	const words = (length: number) => 'a word or '.repeat(length / 10);

	test.each([
		['of words is searched at its beginning', words(60_000), true],
		['of words is not searched behind', words(70_000), false],
		['that is a picture is searched at its beginning', 'A'.repeat(16_000), true],
		['that is a picture is not searched behind', 'A'.repeat(16_400), false],
		['that is none by its first words alone', 'A'.repeat(2_040) + ' ' + 'A'.repeat(16_400), true],
		['is none of words by what stands far behind', 'A'.repeat(16_400) + ' ', false],
		['of at most a long word is searched whole', 'A'.repeat(2_000), true],
	])('%s', (_which, before, isFound) => {
		for (const behind of ['', words(70_000)]) {
			const text = before + KEY + behind;
			expect(shownOf(text) === (isFound ? before + '•••' + behind : text)).toBe(true);
		}
	});
});

describe('a long stream', () => {
	const line = `data: "${'한글 '.repeat(40)}"\n`;
	const many = line.repeat(Math.ceil(1_200_000 / Buffer.byteLength(line)));
	const shownOf = (text: string) =>
		String(answerWithoutSecrets(answerOf(Buffer.from(text)), hide).body);

	test.each([
		['at its beginning', `data: "${KEY}"\n${many}`],
		['at its end', `${many}data: "${KEY}"\n`],
	])('%s the key goes, and no character breaks', (_where, text) => {
		expect(shownOf(text) === text.replace(KEY, '•••')).toBe(true);
	});

	test('in its middle it may stay, as nothing there is read as a text', () => {
		const text = `${many}data: "${KEY}"\n${many}`;
		expect(shownOf(text) === text).toBe(true);
	});

	test('of which the last line is the longest is searched before that one alone', () => {
		const last = `data: "${'A'.repeat(1_200_000)}"`;
		expect(shownOf(`${KEY}\n${last}`) === `•••\n${last}`).toBe(true);
	});

	test('of one line stays as it is', () => {
		const text = 'A'.repeat(1_200_000);
		expect(shownOf(text) === text).toBe(true);
	});
});

test.each(['nvapi-Quoted_AbCdEfGhIjKlMnOpQr', 'r8_Quoted_AbCdEfGhIjKlMnOpQr'])(
	// With a pattern that isn't linear, jest's own time limit ends it.
	'a quoted key is found in time, whatever stands around it: %s',
	(key) => {
		const { long } = createRedactor([key]);
		for (const gap of ['\\n', '\\r', '\n', '\u200b']) {
			const text = `bad key ${key} ${gap.repeat(250_000)}`;
			expect(long(text).includes(key)).toBe(false);
		}
	},
);
