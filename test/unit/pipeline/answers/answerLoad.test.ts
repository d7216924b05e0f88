// Answers of any size: all of them come to an end.
import { Readable } from 'node:stream';

import { readAnswerBody } from '../../../../pipeline/answers/answerBody';
import type { IncomingBody } from '../../../../pipeline/answers/readBody';
import { connectionWithStore, failureOf, inPieces, png } from '../pictureStore';
import { read, requestOf, type Form } from './bodies';

test.each([[['b64_json']], [[]], [undefined]])(
	'what is nested too deeply is no JSON, with pictures in %j',
	async (fields) => {
		for (const form of [undefined, 'any'] as const) {
			const { body } = await read(requestOf(form, fields), inPieces('['.repeat(4_000_000), 65_536));
			expect(typeof body).toBe('string');
		}
	},
);

describe('an answer without end', () => {
	const endless = (piece: string) => {
		let taken = 0;
		const chunk = Buffer.from(piece.repeat(Math.ceil(1024 ** 2 / piece.length)));
		const body: IncomingBody = {
			lender: Readable.from([]),
			bytes: (async function* () {
				for (; taken < 1500; taken++) yield Buffer.from(chunk);
			})(),
		};
		return { body, taken: () => taken };
	};

	test.each<[string, Form, string[] | undefined, string, number]>([
		['plain', undefined, undefined, '{"a":', 8],
		['that nobody reads', 'none', undefined, 'a', 8],
		['with pictures', undefined, ['b64_json'], `"${'a'.repeat(200)}"`, 16],
		['that may be anything', 'any', [], '<p>', 16],
		['of a line without pictures', 'lines', undefined, 'a', 96],
		['of lines', 'lines', ['b64_json'], `{"a":"${'b'.repeat(200)}"}\n`, 96],
		['of events', 'events', ['b64_json'], 'data: 1\n\n', 96],
	])('%s is left early', async (_what, form, fields, piece, megabytes) => {
		const { body, taken } = endless(piece);
		expect(await failureOf(read(requestOf(form, fields), body))).toMatchObject({
			kind: 'unreadableAnswer',
			message: `The answer is larger than ${megabytes} MB, its pictures not counted.`,
		});
		expect(taken()).toBeLessThan(megabytes + 5);
	});

	test('is left early within a picture, too', async () => {
		const begin = '{"url":"data:image/png;base64,';
		for (const piece of ['A', 'A\\/']) {
			const { body, taken } = endless(piece);
			const { bytes } = body;
			body.bytes = (async function* () {
				yield Buffer.from(begin);
				yield* bytes;
			})();
			const failure = await failureOf(read(requestOf(undefined, ['b64_json']), body));
			expect(failure.kind).toBe('unreadableAnswer');
			expect(taken()).toBeLessThan(310);
		}
	});
});

test('white space without end is passed over', async () => {
	const text = `${' \n'.repeat(4 * 1024 ** 2)}{"a":1}`;
	expect(await read(requestOf(undefined), inPieces(text, 65_536))).toEqual({ body: { a: 1 } });
});

test('of a thousand pictures in an answer all are stored, of one more the last is left as it is written', async () => {
	const { pictures, stored } = connectionWithStore();
	const one = (await png('#c04020')).toString('base64');
	const data = Array.from({ length: 1001 }, () => ({ b64_json: one }));
	const incoming = inPieces(JSON.stringify({ data }), 65_536);
	const { body } = await readAnswerBody(
		pictures,
		requestOf(undefined, ['b64_json']),
		incoming,
		undefined,
	);
	expect(stored).toHaveLength(1000);
	const texts = (body as { data: Array<{ b64_json: string }> }).data.map((each) => each.b64_json);
	expect([...new Set(texts.slice(0, -1))]).toEqual(pictures.references());
	expect(texts.at(-1)).toBe(one);
});

test('a picture of 16 MB in a text goes into the store', async () => {
	const { pictures, stored } = connectionWithStore();
	const small = await png('#c04020');
	const end = small.subarray(-12);
	const filling = Buffer.alloc(16 * 1024 ** 2 + 12);
	filling.writeUInt32BE(16 * 1024 ** 2);
	filling.write('teSt', 4);
	const large = Buffer.concat([small.subarray(0, -12), filling, end]);
	const content = `Here:\n![image](data:image/png;base64,${large.toString('base64')})\nDone`;
	const text = JSON.stringify({ choices: [{ message: { content } }] });
	const incoming = inPieces(text, 65_536);
	const answer = await readAnswerBody(pictures, requestOf('any', []), incoming, undefined);
	const [reference] = pictures.references();
	expect(answer.body).toEqual({
		choices: [{ message: { content: `Here:\n![image](${reference})\nDone` } }],
	});
	expect(stored[0]!.equals(large)).toBe(true);
});

describe('megabytes of anything come to an end', () => {
	const pieces = [
		...[
			'"',
			'[',
			'{',
			' ',
			'\n',
			'\t',
			':',
			',',
			'A',
			'd',
			'=',
			'/',
			'-',
			'한',
			'\u0000',
			'\ufeff',
		],
		...['\\', '\\\\', '\\"', '\\n', '\\/', '\\u', '\\u002b', 'A\\n', 'A\\/', 'A\\n\\n', '\\\\/'],
		...['data:', 'data:,', 'base64://', 'data:image/png;base64,', 'data:image/png;base64,\\n'],
		...[
			`data:${'A'.repeat(200)}`,
			`data:image/png;base64,${'A'.repeat(16)} `,
			'data: 1\n',
			'data:\n',
		],
		...['iVBORw0KGgo', '/9j/ ', '\\/9j\\/ ', 'AAAA ', 'UklGR ', 'R0lGOD ', 'iVBORw0KGgo\\n'],
		...['"b64_json":"', '"b64_json":" ', '{"a":', '["', 'data: {"a":"', ': \n', '\r'],
	];
	const places: Array<[string, string]> = [
		['', ''],
		['{"a":"', '"}'],
		['{"b64_json":"', '"}'],
		['{"a":"data:image/png;base64,', '"}'],
		[`{"a":"iVBORw0KGgo${'A'.repeat(300)}`, '"}'],
		['data: ', '\n\n'],
	];
	const forms: Form[] = [undefined, 'any', 'lines', 'events'];

	test.each(pieces.map((piece, index) => [piece, index] as const))('%j', async (piece, index) => {
		const megabytes = index % 20 === 5 ? 8 : 0.25;
		const filled = piece.repeat(Math.ceil((megabytes * 1024 ** 2) / Buffer.byteLength(piece)));
		// Every piece meets two places and two forms, in turn.
		for (const turn of [index, index + 1]) {
			const [before, after] = places[turn % places.length]!;
			const request = requestOf(forms[turn % forms.length], ['b64_json']);
			const body = inPieces(`${before}${filled}${after}`, turn % 3 === 0 ? 1_000_000 : 65_536);
			const outcome = await read(request, body).catch((error: Error) => error);
			expect(outcome).toBeDefined();
		}
		await read(requestOf(undefined), inPieces(filled.slice(0, 250_000), 65_536));
	});
});
