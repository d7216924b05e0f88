// Answers with pictures inside: the pictures go into the store, references stay behind, and nothing half is kept.
import { Readable } from 'node:stream';

import { readBodyWithImages } from '../../../pipeline/answerImages';
import type { HttpRequest } from '../../../providers/contract';
import { connectionWithStore, failureOf, inPieces, png } from './pictureStore';

const REQUEST: HttpRequest = {
	method: 'POST',
	url: 'https://api.openai.com/v1/images/generations',
	base64Fields: ['b64_json'],
	repeatable: false,
};
const LINES: HttpRequest = { ...REQUEST, answerForm: 'lines' };

/** The references in the answer's `data`. */
const referencesIn = (body: unknown): string[] =>
	(body as { data: Array<{ b64_json: string }> }).data.map(({ b64_json }) => b64_json);

it('puts every picture into the store and leaves its reference behind', async () => {
	const pictures = [await png('#c04020'), await png('#2040c0')];
	const data = pictures.map((picture) => ({ b64_json: picture.toString('base64') }));
	const { connection, stored } = connectionWithStore();
	const text = JSON.stringify({ created: 1, data, usage: { output_tokens: 7024 } });
	const body = await readBodyWithImages(connection, REQUEST, inPieces(text));
	expect(body).toMatchObject({ created: 1, usage: { output_tokens: 7024 } });
	expect(stored).toEqual(pictures);
	const references = referencesIn(body);
	expect(new Set(references).size).toBe(2);
	expect(references.map((reference) => connection.received.get(reference))).toMatchObject([
		{ binary: { id: 'test:1' }, mimeType: 'image/png', facts: { width: 20, height: 10 } },
		{ binary: { id: 'test:2' }, mimeType: 'image/png', facts: { width: 20, height: 10 } },
	]);
});

it('reads lines, each by itself, with pictures in any of them', async () => {
	const picture = (await png('#c04020')).toString('base64');
	const { connection, stored } = connectionWithStore();
	const lines = [
		JSON.stringify({ custom_id: 'a', data: [{ b64_json: picture }] }),
		'',
		'{"custom_id":"b","resp',
		JSON.stringify({ custom_id: 'c', error: { code: 'moderation_blocked' } }),
	];
	const body = await readBodyWithImages(connection, LINES, inPieces(`${lines.join('\r\n')}\r\n`));
	expect(body).toEqual([
		{ custom_id: 'a', data: [{ b64_json: [...connection.received.keys()][0] }] },
		expect.stringContaining('{"custom_id":"b","resp'),
		{ custom_id: 'c', error: { code: 'moderation_blocked' } },
	]);
	expect(stored).toHaveLength(1);
});

test.each<[string, HttpRequest, string, unknown]>([
	[
		'JSON without pictures',
		REQUEST,
		'{"error":{"code":"moderation_blocked"}}',
		{ error: { code: 'moderation_blocked' } },
	],
	['a web page', REQUEST, '<html>502</html>', '<html>502</html>'],
	['JSON that was cut short', REQUEST, '{"created":1,"da', '{"created":1,"da'],
	['nothing', REQUEST, '', ''],
	['no lines', LINES, '', []],
	['a web page in place of lines', LINES, '<html>502</html>', ['<html>502</html>']],
	['a link in place of a picture', REQUEST, '{"url":"https://a.test"}', { url: 'https://a.test' }],
	['null in place of a picture', REQUEST, '{"b64_json":null}', { b64_json: null }],
])('reads %s', async (_rule, request, text, expected) => {
	const { connection, stored } = connectionWithStore();
	expect(await readBodyWithImages(connection, request, inPieces(text))).toEqual(expected);
	expect(stored).toEqual([]);
});

test.each<[string, unknown]>([
	['an object', { id: 'resp_1' }],
	['text', '<html>'],
	['nothing', undefined],
	['null', null],
])('leaves alone what n8n has read already: %s', async (_rule, body) => {
	expect(await readBodyWithImages(connectionWithStore().connection, REQUEST, body)).toBe(body);
});

describe('no answer is made', () => {
	const answerWith = (base64: string) => inPieces(JSON.stringify({ data: [{ b64_json: base64 }] }));

	it('when a picture is none', async () => {
		const { connection } = connectionWithStore();
		const text = answerWith(Buffer.from('<html>not a picture</html>').toString('base64'));
		expect(await failureOf(readBodyWithImages(connection, REQUEST, text))).toMatchObject({
			kind: 'download',
			message: 'In place of the picture there was a web page.',
		});
		expect(connection.received.size).toBe(0);
		expect(text.destroyed).toBe(true);
	});

	it('when a picture is cut short', async () => {
		const { connection } = connectionWithStore();
		const half = (await png('#c04020')).subarray(0, -20).toString('base64');
		const failure = await failureOf(readBodyWithImages(connection, REQUEST, answerWith(half)));
		expect(failure).toMatchObject({ kind: 'download', message: 'The picture arrived incomplete.' });
		expect(connection.received.size).toBe(0);
	});

	it('when the connection breaks off', async () => {
		const { connection } = connectionWithStore();
		const broken = Readable.from(
			(async function* () {
				yield Buffer.from('{"created":1,"data":[');
				throw Object.assign(new Error('aborted'), { code: 'ECONNRESET' });
			})(),
		);
		expect(await failureOf(readBodyWithImages(connection, REQUEST, broken))).toMatchObject({
			kind: 'network',
			code: 'ECONNRESET',
			nothingSent: false,
			message: 'OpenAI broke off the connection.',
		});
	});
});
