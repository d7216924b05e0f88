// Streamed generations and edits, and how such streams go wrong, driven by the official client.
import type OpenAI from 'openai';
import { APIError } from 'openai';
import type { ImageEditStreamEvent, ImageGenStreamEvent } from 'openai/resources/images';
import sharp from 'sharp';
import { type Sandbox, startSandbox } from '../../../../sandbox';
import { clientOf, decode, keyOf, plain, png, refusal, SMALL } from './support';

let sandbox: Sandbox;

beforeAll(async () => (sandbox = await startSandbox()));
afterAll(async () => await sandbox.close());

const request = { model: 'gpt-image-2', prompt: 'A quiet harbour', size: SMALL } as const;
type Event = ImageGenStreamEvent | ImageEditStreamEvent;

/** The events that arrive, and the error that ends them, if one does. */
async function read(stream: AsyncIterable<Event>) {
	const events: Event[] = [];
	try {
		for await (const event of stream) events.push(event);
	} catch (error) {
		return { events, error };
	}
	return { events, error: undefined };
}

const generate = async (client: OpenAI, directive: string, more: object = {}) =>
	await client.images.generate({
		...request,
		prompt: `A quiet harbour ${directive}`,
		stream: true,
		partial_images: 1,
		...more,
	});

const typesOf = (events: Event[]) => events.map(({ type }) => type);

it('streams an edit, under names of its own', async () => {
	const image = await png(await plain(64, 64, '#336699'));
	const { events } = await read(
		await clientOf(sandbox).images.edit({ ...request, image, stream: true, partial_images: 1 }),
	);
	expect(typesOf(events)).toEqual(['image_edit.partial_image', 'image_edit.completed']);
	for (const { b64_json } of events) {
		expect(await sharp(decode(b64_json)).metadata()).toMatchObject({ width: 1024 });
	}
});

it('counts an image with its partial images', async () => {
	const client = clientOf(sandbox);
	const { events } = await read(await generate(client, '', { quality: 'low' }));
	expect(typesOf(events)).toEqual(['image_generation.partial_image', 'image_generation.completed']);
	const { usage } = await client.images.generate({ ...request, quality: 'low' });
	for (const event of events) {
		if (event.type !== 'image_generation.completed') continue;
		expect(event.usage.output_tokens).toBe(usage!.output_tokens + 100);
	}
	expect(sandbox.openai.ledger(keyOf(client)).images).toBe(2);
});

it.each([
	['error', { type: 'server_error', code: null }],
	['moderated', { type: 'image_generation_user_error', code: 'moderation_blocked' }],
])('ends with an event that tells the error when told to: %s', async (kind, expected) => {
	const stream = await generate(clientOf(sandbox), `[sandbox: stream=${kind}]`);
	const { events, error } = await read(stream);
	expect(typesOf(events)).toEqual(['image_generation.partial_image']);
	expect(error).toBeInstanceOf(APIError);
	expect(error).toMatchObject(expected);
});

it('breaks off, or just ends, without the finished image when told to', async () => {
	const broken = await read(await generate(clientOf(sandbox), '[sandbox: stream=broken]'));
	expect(typesOf(broken.events)).toEqual(['image_generation.partial_image']);
	expect(broken.error).toMatchObject({ message: 'terminated' });
	const ended = await read(await generate(clientOf(sandbox), '[sandbox: stream=ended]'));
	expect(typesOf(ended.events)).toEqual(['image_generation.partial_image']);
	expect(ended.error).toBeUndefined();
});

it('stops sending when told to', async () => {
	const stream = await generate(clientOf(sandbox), '[sandbox: stream=stuck]');
	for await (const { type } of stream) {
		expect(type).toBe('image_generation.partial_image');
		stream.controller.abort();
	}
});

it('answers plain JSON when told to, like a server that knows no streams', async () => {
	const prompt = 'A quiet harbour [sandbox: stream=ignored]';
	const answer = await clientOf(sandbox)
		.images.generate({ ...request, prompt, stream: true })
		.asResponse();
	expect(answer.headers.get('content-type')).toContain('application/json');
	expect(await answer.json()).toMatchObject({ data: [{ b64_json: expect.any(String) }] });
});

it.each([
	['4 partial images', { stream: true, partial_images: 4 }, 'integer_above_max_value'],
	['partial images without a stream', { partial_images: 1 }, 'invalid_value'],
])('refuses %s', async (_name, change, code) => {
	const error = await refusal(clientOf(sandbox).images.generate({ ...request, ...change }));
	expect(error).toMatchObject({ status: 400, code, param: 'partial_images' });
});
