// Answers with pictures inside: the pictures go into the store, references stay behind, and nothing half is kept.

import { readAnswerBody } from '../../../../pipeline/answers/answerBody';
import type { IncomingBody } from '../../../../pipeline/answers/readBody';
import type { PictureStore } from '../../../../pipeline/media/store/pictureStore';
import type { HttpRequest } from '../../../../providers/contract';
import { breaking, connectionWithStore, failureOf, inPieces, png } from '../pictureStore';

const REQUEST: HttpRequest = {
	method: 'POST',
	url: 'https://api.openai.com/v1/images/generations',
	base64Fields: ['b64_json'],
	idempotent: false,
};
const LINES: HttpRequest = { ...REQUEST, responseType: 'lines' };

const bodyOf = async (pictures: PictureStore, request: HttpRequest, incoming: IncomingBody) =>
	(await readAnswerBody(pictures, request, incoming, undefined)).body;

/** The references in the answer's `data`. */
const referencesIn = (body: unknown): string[] =>
	(body as { data: Array<{ b64_json: string }> }).data.map(({ b64_json }) => b64_json);

it('puts every picture into the store and leaves its reference behind', async () => {
	const pictures = [await png('#c04020'), await png('#2040c0')];
	const data = pictures.map((picture) => ({ b64_json: picture.toString('base64') }));
	const { pictures: store, stored } = connectionWithStore();
	const text = JSON.stringify({ created: 1, data, usage: { output_tokens: 7024 } });
	const body = await bodyOf(store, REQUEST, inPieces(text));
	expect(body).toMatchObject({ created: 1, usage: { output_tokens: 7024 } });
	expect(stored).toEqual(pictures);
	const references = referencesIn(body);
	expect(new Set(references).size).toBe(2);
	expect(references.map((reference) => store.find(reference))).toMatchObject([
		{ binary: { id: 'test:1' }, mimeType: 'image/png', facts: { width: 20, height: 10 } },
		{ binary: { id: 'test:2' }, mimeType: 'image/png', facts: { width: 20, height: 10 } },
	]);
});

it('reads lines, each by itself, with pictures in any of them', async () => {
	const picture = (await png('#c04020')).toString('base64');
	const { pictures, stored } = connectionWithStore();
	const lines = [
		JSON.stringify({ custom_id: 'a', data: [{ b64_json: picture }] }),
		'',
		'{"custom_id":"b","resp',
		JSON.stringify({ custom_id: 'c', error: { code: 'moderation_blocked' } }),
	];
	const body = await bodyOf(pictures, LINES, inPieces(`${lines.join('\r\n')}\r\n`));
	expect(body).toEqual([
		{ custom_id: 'a', data: [{ b64_json: pictures.references()[0] }] },
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
	const { pictures, stored } = connectionWithStore();
	expect(await bodyOf(pictures, request, inPieces(text))).toEqual(expected);
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
		const { pictures, stored } = connectionWithStore();
		const text = inPieces(JSON.stringify(bodyWith(picture, NO_PICTURE, picture)));
		const body = await bodyOf(pictures, REQUEST, text);
		expect(stored).toHaveLength(2);
		const [first, second, third] = referencesIn(body).map((each) => pictures.find(each));
		expect(first).toMatchObject({ binary: { id: 'test:1' } });
		expectLost(second);
		// The same picture again.
		expect(third).toBe(first);
	});

	it('is lost on its line only, even when no line has a whole one', async () => {
		const { pictures } = connectionWithStore();
		const lines = [JSON.stringify(bodyWith(NO_PICTURE)), '{"custom_id":"b"}'].join('\n');
		const body = (await bodyOf(pictures, LINES, inPieces(lines))) as unknown[];
		expectLost(pictures.find(referencesIn(body[0])[0]!));
		expect(body[1]).toEqual({ custom_id: 'b' });
	});

	it('takes none of the links with it where nothing can be asked for again', async () => {
		const { pictures } = connectionWithStore();
		const link = { url: 'https://a.test/b.png' };
		const text = JSON.stringify({ data: [{ b64_json: NO_PICTURE }, link] });
		const body = await bodyOf(pictures, REQUEST, inPieces(text));
		expect(body).toMatchObject({ data: [{ b64_json: expect.any(String) }, link] });
		const [reference] = referencesIn(body);
		expect(reference).toMatch(/^stored:lost-/);
		expectLost(pictures.find(reference!));
	});

	it('is asked for again where that can be, and where it stands alone', async () => {
		const request = { ...REQUEST, idempotent: true };
		const { pictures } = connectionWithStore();
		const text = JSON.stringify(bodyWith(NO_PICTURE));
		const failure = await failureOf(bodyOf(pictures, request, inPieces(text)));
		expectLost({ details: failure });
		// In a text it may be what somebody else has written.
		const said = JSON.stringify({ text: `data:image/png;base64,${NO_PICTURE}` });
		const body = (await bodyOf(pictures, request, inPieces(said))) as { text: string };
		expectLost(pictures.find(body.text));
	});

	it('takes all with it where the answer ends within it, as more may be missing', async () => {
		const picture = (await png('#c04020')).toString('base64');
		const { pictures } = connectionWithStore();
		for (const data of [bodyWith(picture, picture), { text: `data:image/png;base64,${picture}` }]) {
			const text = JSON.stringify(data).slice(0, -30);
			const failure = await failureOf(bodyOf(pictures, REQUEST, inPieces(text)));
			expect(failure.message).toBe('The picture arrived incomplete.');
		}
	});

	it('takes only its line with it where a file ends within it', async () => {
		const picture = (await png('#c04020')).toString('base64');
		const { pictures } = connectionWithStore();
		const line = JSON.stringify({ custom_id: 'a', ...bodyWith(picture) });
		const text = `${line}\n${line.slice(0, -30)}`;
		const [first, second] = (await bodyOf(pictures, LINES, inPieces(text))) as unknown[];
		expect(pictures.find(referencesIn(first)[0]!)).toHaveProperty('binary');
		expect(second).toMatch(/^\{"custom_id":"a","data":\[\{"b64_json":"stored:lost-/);
	});

	it('takes all with it where the disk is full and they can be fetched again', async () => {
		const picture = (await png('#c04020')).toString('base64');
		for (const idempotent of [true, false]) {
			const { pictures, context } = connectionWithStore();
			const { helpers } = context;
			const { prepareBinaryData: store } = helpers;
			let calls = 0;
			helpers.prepareBinaryData = async (...given) => {
				calls += 1;
				const binary = await store(...given);
				if (calls > 1) throw new Error('No space left on device.');
				return binary;
			};
			const text = inPieces(JSON.stringify(bodyWith(picture, picture)));
			const reading = bodyOf(pictures, { ...REQUEST, idempotent }, text);
			if (idempotent) expect((await failureOf(reading)).status).toBe(507);
			else expect(pictures.find(referencesIn(await reading)[0]!)).toHaveProperty('binary');
		}
	});
});

describe('no answer is made', () => {
	it('when the connection breaks off', async () => {
		const { pictures } = connectionWithStore();
		const broken = breaking('{"created":1,"data":[');
		expect(await failureOf(bodyOf(pictures, REQUEST, broken))).toMatchObject({
			kind: 'network',
			code: 'ECONNRESET',
			nothingSent: false,
			message: 'OpenAI broke off the connection.',
		});
	});

	it('when lines break off before a picture is whole, or a plain answer does', async () => {
		const { pictures } = connectionWithStore();
		for (const request of [
			LINES,
			{ ...LINES, base64Fields: undefined },
			{ ...REQUEST, base64Fields: undefined },
		]) {
			const failure = await failureOf(bodyOf(pictures, request, breaking('{"custom_id":"a"}\n')));
			expect(failure.message).toBe('OpenAI broke off the connection.');
		}
	});
});

it('keeps the lines that came with a whole picture before the connection broke off', async () => {
	const { pictures } = connectionWithStore();
	const line = JSON.stringify({ b64_json: (await png('#c04020')).toString('base64') });
	const { body, interruption } = await readAnswerBody(
		pictures,
		LINES,
		breaking(`${line}\n{"a":1}\n`),
		undefined,
	);
	expect(body).toEqual([{ b64_json: pictures.references()[0] }, { a: 1 }]);
	expect(interruption?.message).toBe('OpenAI broke off the connection.');
});

it('keeps whole pictures before one that was cut where a provider reads anything', async () => {
	const picture = (await png('#c04020')).toString('base64');
	const text = JSON.stringify({ data: [{ b64_json: picture }, { b64_json: picture }] }).slice(
		0,
		-30,
	);
	const { pictures } = connectionWithStore();
	const body = await bodyOf(pictures, { ...REQUEST, responseType: 'any' }, inPieces(text));
	expect(body).toContain(
		`{"data":[{"b64_json":"${pictures.references()[0]}"},{"b64_json":"stored:lost-`,
	);
	const alone = inPieces(JSON.stringify({ b64_json: picture }).slice(0, -30));
	const failure = await failureOf(bodyOf(pictures, { ...REQUEST, responseType: 'any' }, alone));
	expect(failure.message).toBe('The picture arrived incomplete.');
});
