// Answers with pictures inside: the pictures go into the store, references stay behind, and nothing half is kept.
import type { IExecuteFunctions } from 'n8n-workflow';

import { readBodyWithImages } from '../../../../pipeline/http/answerImages';
import type { HttpRequest } from '../../../../providers/contract';
import { breaking, connectionWithStore, failureOf, inPieces, png } from '../pictureStore';

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

describe('a picture that is lost', () => {
	const NO_PICTURE = Buffer.from('<html>not a picture</html>').toString('base64');
	const bodyWith = (...pictures: string[]) => ({
		data: pictures.map((b64_json) => ({ b64_json })),
	});
	const expectLost = (found: unknown) =>
		expect(found).toMatchObject({
			details: { kind: 'download', message: 'In place of the picture there was a web page.' },
		});

	it('takes none of the others with it: its reference leads to its failure', async () => {
		const picture = (await png('#c04020')).toString('base64');
		const { connection, stored } = connectionWithStore();
		const text = inPieces(JSON.stringify(bodyWith(picture, NO_PICTURE, picture)));
		const body = await readBodyWithImages(connection, REQUEST, text);
		expect(stored).toHaveLength(2);
		const [first, second, third] = referencesIn(body).map((each) => connection.received.get(each));
		expect(first).toMatchObject({ binary: { id: 'test:1' } });
		expectLost(second);
		// The same picture again.
		expect(third).toBe(first);
	});

	it('is lost on its line only, even when no line has a whole one', async () => {
		const { connection } = connectionWithStore();
		const lines = [JSON.stringify(bodyWith(NO_PICTURE)), '{"custom_id":"b"}'].join('\n');
		const body = (await readBodyWithImages(connection, LINES, inPieces(lines))) as unknown[];
		expectLost(connection.received.get(referencesIn(body[0])[0]!));
		expect(body[1]).toEqual({ custom_id: 'b' });
	});

	it('takes all with it where the answer ends within it, as more may be missing', async () => {
		const picture = (await png('#c04020')).toString('base64');
		const text = JSON.stringify(bodyWith(picture, picture)).slice(0, -30);
		for (const request of [REQUEST, LINES]) {
			const { connection } = connectionWithStore();
			const failure = await failureOf(readBodyWithImages(connection, request, inPieces(text)));
			expect(failure.message).toBe('The picture arrived incomplete.');
		}
	});

	it('takes all with it where the disk is full and they can be fetched again', async () => {
		const picture = (await png('#c04020')).toString('base64');
		for (const repeatable of [true, false]) {
			const { connection } = connectionWithStore();
			const { helpers } = connection.context as IExecuteFunctions;
			const { prepareBinaryData: store } = helpers;
			let calls = 0;
			helpers.prepareBinaryData = async (...given) => {
				calls += 1;
				const binary = await store(...given);
				if (calls > 1) throw new Error('No space left on device.');
				return binary;
			};
			const text = inPieces(JSON.stringify(bodyWith(picture, picture)));
			const reading = readBodyWithImages(connection, { ...REQUEST, repeatable }, text);
			if (repeatable) expect((await failureOf(reading)).status).toBe(507);
			else
				expect(connection.received.get(referencesIn(await reading)[0]!)).toHaveProperty('binary');
		}
	});
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
		const broken = breaking('{"created":1,"data":[');
		expect(await failureOf(readBodyWithImages(connection, REQUEST, broken))).toMatchObject({
			kind: 'network',
			code: 'ECONNRESET',
			nothingSent: false,
			message: 'OpenAI broke off the connection.',
		});
	});
});
