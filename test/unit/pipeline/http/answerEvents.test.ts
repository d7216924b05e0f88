// Streams of events with pictures inside: what arrives is kept, whatever becomes of the rest.
import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';

import type { IncomingBody } from '../../../../pipeline/http/answerBody';
import { readEvents } from '../../../../pipeline/http/answerEvents';
import type { HttpRequest } from '../../../../providers/contract';
import { breaking, connectionWithStore, failureOf, inPieces, png } from '../pictureStore';

const REQUEST: HttpRequest = {
	method: 'POST',
	url: 'https://api.openai.com/v1/images/generations',
	base64Fields: ['b64_json'],
	answerForm: 'events',
	repeatable: false,
};

const event = (type: string, more: object = {}) =>
	`event: ${type}\ndata: ${JSON.stringify({ type, ...more })}\n\n`;

async function read(text: string | IncomingBody, contentType?: string) {
	const { connection, stored } = connectionWithStore();
	const body = typeof text === 'string' ? inPieces(text) : text;
	const reading = readEvents(connection, REQUEST, body, contentType);
	return { reading, connection, stored };
}

it('puts every picture into the store and leaves its reference behind', async () => {
	const pictures = [await png('#c04020'), await png('#2040c0')];
	const [first, second] = pictures.map((picture) => picture.toString('base64'));
	const text = `: hello\n\n${event('partial', { b64_json: first })}${event('done', { b64_json: second, usage: { n: 1 } })}`;
	const { reading, connection, stored } = await read(text);
	const { body, interruption } = await reading;
	const references = [...connection.received.keys()];
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
	const { reading, connection } = await read(breaking(text));
	const { body, interruption } = await reading;
	expect(body).toEqual([]);
	expect(interruption?.details).toMatchObject({ kind: 'network', code: 'ECONNRESET' });
	expect(connection.received.size).toBe(0);
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
	const { reading, connection } = await read(JSON.stringify({ data: [{ b64_json: picture }] }));
	const answer = await reading;
	const [reference] = [...connection.received.keys()];
	expect(answer).toEqual({ body: { data: [{ b64_json: reference }] } });
	expect(connection.received.size).toBe(1);
});

it('knows an empty stream by its type', async () => {
	const { reading } = await read('', 'text/event-stream');
	expect(await reading).toEqual({ body: [], interruption: undefined });
});

it('throws when plain JSON breaks off, or a picture in it is damaged', async () => {
	const broken = await read(breaking('{"created":1,"da'));
	expect(await failureOf(broken.reading)).toMatchObject({ kind: 'network' });
	const none = Buffer.from('<html>no picture</html>').toString('base64');
	const damaged = await read(JSON.stringify({ data: [{ b64_json: none }] }));
	expect(await failureOf(damaged.reading)).toMatchObject({ kind: 'download' });
});

it('keeps what came before a disk was full', async () => {
	const picture = (await png('#c04020')).toString('base64');
	const { connection } = connectionWithStore();
	Object.assign(connection.context.helpers, {
		prepareBinaryData: async (stream: Readable) => {
			await buffer(stream);
			throw new Error('No space left on device.');
		},
	});
	const text = inPieces(event('done', { b64_json: picture }));
	const { body, interruption } = await readEvents(connection, REQUEST, text, undefined);
	expect(body).toMatchObject([{ data: { b64_json: '' } }]);
	expect(interruption?.details).toMatchObject({
		kind: 'download',
		message: 'n8n could not store the picture: No space left on device.',
	});
});
