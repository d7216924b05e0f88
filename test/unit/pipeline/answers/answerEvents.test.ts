// Streams of events with pictures inside: what arrives is kept, whatever becomes of the rest.
import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';

import { readAnswerBody } from '../../../../pipeline/answers/answerBody';
import type { IncomingBody } from '../../../../pipeline/answers/readBody';
import type { HttpRequest } from '../../../../providers/contract';
import { eventsIn } from '../../../../providers/answers/eventStream';
import { referenceOfBytes } from '../../../../providers/answers/pictureReference';
import { breaking, connectionWithStore, failureOf, inPieces, png } from '../pictureStore';

const REQUEST: HttpRequest = {
	method: 'POST',
	url: 'https://api.openai.com/v1/images/generations',
	base64Fields: ['b64_json'],
	responseType: 'events',
	idempotent: false,
};

const event = (type: string, more: object = {}) =>
	`event: ${type}\ndata: ${JSON.stringify({ type, ...more })}\n\n`;

async function read(text: string | IncomingBody, contentType?: string) {
	const { pictures, stored } = connectionWithStore();
	const body = typeof text === 'string' ? inPieces(text) : text;
	const reading = readAnswerBody(pictures, REQUEST, body, contentType);
	return { reading, pictures, stored };
}

it('puts every picture into the store and leaves its reference behind', async () => {
	const pictures = [await png('#c04020'), await png('#2040c0')];
	const [first, second] = pictures.map((picture) => picture.toString('base64'));
	const text = `: hello\n\n${event('partial', { b64_json: first })}${event('done', { b64_json: second, usage: { n: 1 } })}`;
	const { reading, pictures: store, stored } = await read(text);
	const { body, interruption } = await reading;
	const references = store.references();
	expect(body).toEqual([
		{ name: 'partial', data: { type: 'partial', b64_json: references[0] } },
		{ name: 'done', data: { type: 'done', b64_json: references[1], usage: { n: 1 } } },
	]);
	expect(interruption).toBeUndefined();
	expect(stored).toEqual(pictures);
});

it('keeps what came before the connection broke', async () => {
	const picture = (await png('#c04020')).toString('base64');
	const { reading, stored } = await read(breaking(event('done', { b64_json: picture })));
	const { body, interruption } = await reading;
	expect(body).toHaveLength(1);
	expect(stored).toHaveLength(1);
	expect(interruption?.details).toMatchObject({
		kind: 'network',
		code: 'ECONNRESET',
		message: 'OpenAI broke off the connection.',
	});
});

it('tells of the connection, and not of the picture, when it broke within one', async () => {
	const picture = (await png('#c04020')).toString('base64');
	const text = event('done', { b64_json: picture }).slice(0, -80);
	const { reading, pictures } = await read(breaking(text));
	const { body, interruption } = await reading;
	expect(body).toEqual([]);
	expect(interruption?.details).toMatchObject({ kind: 'network', code: 'ECONNRESET' });
	expect(pictures.references().length).toBe(0);
});

it('leaves the place of a damaged picture empty and reads on', async () => {
	const whole = (await png('#c04020')).toString('base64');
	const none = Buffer.from('no picture at all, just text').toString('base64');
	const text = event('partial', { b64_json: none }) + event('done', { b64_json: whole });
	const { reading, stored } = await read(text);
	const { body, interruption } = await reading;
	expect(body).toMatchObject([
		{ data: { b64_json: '' } },
		{ data: { b64_json: expect.stringMatching(/^stored:/) } },
	]);
	expect(stored).toHaveLength(1);
	expect(interruption?.details.kind).toBe('download');
});

test.each<[string, string, unknown]>([
	['plain JSON', '{"data":[{"url":"https://a.test"}]}', { data: [{ url: 'https://a.test' }] }],
	['a web page', '<html>502</html>', '<html>502</html>'],
	['text', 'Bad gateway', 'Bad gateway'],
])('answers %s as it is', async (_what, text, expected) => {
	const { reading } = await read(text);
	expect(await reading).toEqual({ body: expected });
});

it('takes the pictures out of plain JSON too', async () => {
	const picture = (await png('#c04020')).toString('base64');
	const { reading, pictures } = await read(JSON.stringify({ data: [{ b64_json: picture }] }));
	const answer = await reading;
	const [reference] = pictures.references();
	expect(answer).toEqual({ body: { data: [{ b64_json: reference }] } });
	expect(pictures.references().length).toBe(1);
});

it('knows an empty stream by its type', async () => {
	const { reading } = await read('', 'text/event-stream');
	expect(await reading).toEqual({ body: [], interruption: undefined });
});

it('throws when plain JSON breaks off', async () => {
	const { reading } = await read(breaking('{"created":1,"da'));
	expect(await failureOf(reading)).toMatchObject({ kind: 'network' });
});

it('keeps what came before a disk was full', async () => {
	const picture = (await png('#c04020')).toString('base64');
	const { pictures, context } = connectionWithStore();
	Object.assign(context.helpers, {
		prepareBinaryData: async (stream: Readable) => {
			await buffer(stream);
			throw new Error('No space left on device.');
		},
	});
	const text = inPieces(event('done', { b64_json: picture }));
	const { body, interruption } = await readAnswerBody(pictures, REQUEST, text, undefined);
	expect(body).toMatchObject([{ data: { b64_json: '' } }]);
	expect(interruption?.details).toMatchObject({
		kind: 'download',
		message: 'n8n could not store the picture: No space left on device.',
	});
});

describe('a stream that the provider reads itself', () => {
	const ANY: HttpRequest = { ...REQUEST, responseType: 'any' };
	const saying = (content: string) =>
		`data: ${JSON.stringify({ choices: [{ delta: { content } }] })}\n\n`;

	async function readAny(text: string | IncomingBody) {
		const { pictures, stored } = connectionWithStore();
		const body = typeof text === 'string' ? inPieces(text) : text;
		const answer = await readAnswerBody(pictures, ANY, body, 'text/event-stream');
		if (!Buffer.isBuffer(answer.body)) throw new Error('A buffer was expected.');
		const events = [...eventsIn(answer.body)];
		return { ...answer, text: answer.body.toString(), events, pictures, stored };
	}

	it('is its text', async () => {
		const text = `${saying('hello')}data: [DONE]\n\n`;
		const answer = await readAny(`\ufeff\n${text}`);
		expect(answer.text).toBe(text);
		expect(answer.interruption).toBeUndefined();
	});

	it('has references in place of the pictures that one event holds', async () => {
		const picture = await png('#c04020');
		const uri = `data:image/png;base64,${picture.toString('base64')}`;
		for (const content of [`![image](${uri})`, uri, `${uri} and more`]) {
			const { events, pictures, stored } = await readAny(saying(content));
			expect(stored).toEqual([picture]);
			const [reference] = pictures.references();
			expect(reference).toBe(referenceOfBytes(picture));
			const said = content.replace(uri, reference!);
			expect(events).toEqual([{ data: { choices: [{ delta: { content: said } }] } }]);
		}
	});

	it('keeps a picture as it is written that comes in pieces', async () => {
		const uri = `data:image/png;base64,${(await png('#c04020')).toString('base64')}`;
		for (const length of [30, 60, 100]) {
			const pieces = uri.match(new RegExp(`.{1,${length}}`, 'g'))!.map(saying);
			const { text, pictures } = await readAny(pieces.join(''));
			expect(text).toBe(pieces.join(''));
			expect(pictures.references().length).toBe(0);
		}
	});

	it('leads to the failure of a picture that was alone in its field', async () => {
		const none = Buffer.from('<html>no picture</html>').toString('base64');
		const { text, pictures } = await readAny(event('done', { b64_json: none }));
		const [reference = ''] = pictures.references();
		const failure = pictures.find(reference);
		expect(reference).toMatch(/^stored:lost-/);
		expect(text).toContain(`"b64_json":"${reference}"`);
		expect(failure).toMatchObject({ details: { kind: 'download' } });
	});

	it('that breaks off is kept with the pictures that have come, and else is none', async () => {
		const picture = (await png('#c04020')).toString('base64');
		const { text, interruption, stored } = await readAny(
			breaking(`${event('done', { b64_json: picture })}data: {"cho`),
		);
		expect(stored).toHaveLength(1);
		expect(text).toContain('"b64_json":"stored:');
		expect(interruption?.details).toMatchObject({ kind: 'network', code: 'ECONNRESET' });
		const failure = await failureOf(readAny(breaking(saying('Here it'))));
		expect(failure).toMatchObject({ kind: 'network', code: 'ECONNRESET' });
	});
});
