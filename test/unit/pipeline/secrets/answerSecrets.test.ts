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
