// Streams of background responses: followed from the start, taken up again after an event, and read after the end.
import type OpenAI from 'openai';
import type { ResponseStreamEvent } from 'openai/resources/responses/responses';
import { type Sandbox, startSandbox } from '../../../../sandbox';
import { clientOf, decode, keyOf, refusal, SMALL } from './support';

let sandbox: Sandbox;

beforeAll(async () => (sandbox = await startSandbox({ pace: 3600 })));
afterAll(async () => await sandbox.close());

const tools = [{ type: 'image_generation' as const, size: SMALL, quality: 'low' as const }];

const request = (words = '') => ({
	model: 'gpt-4o',
	input: `A quiet harbour ${words}`,
	background: true,
	tools,
});

const begin = async (client: OpenAI, words?: string) =>
	await client.responses.create({ ...request(words), stream: true });

/** Reads a stream until its end; at its first event the response is ended. */
async function readToEnd(stream: AsyncIterable<ResponseStreamEvent>) {
	const events: ResponseStreamEvent[] = [];
	for await (const event of stream) {
		events.push(event);
		if (event.type === 'response.created') sandbox.openai.finishResponse(event.response.id);
	}
	return events;
}

const typesOf = (events: ResponseStreamEvent[]) => events.map(({ type }) => type);

const ALL = [
	'response.created',
	'response.queued',
	'response.in_progress',
	'response.output_item.added',
	'response.image_generation_call.in_progress',
	'response.image_generation_call.generating',
	'response.image_generation_call.completed',
	'response.output_item.done',
	'response.completed',
];

it('tells each step as it happens, and the image with the last one', async () => {
	const client = clientOf(sandbox);
	const stream = await begin(client);
	const types: string[] = [];
	for await (const event of stream) {
		types.push(event.type);
		if (event.type === 'response.queued') {
			expect(event.response.status).toBe('queued');
			// Nothing more comes before it has ended.
			sandbox.openai.finishResponse(event.response.id);
		}
		if (event.type !== 'response.completed') continue;
		const [call] = event.response.output;
		expect(call?.type === 'image_generation_call' && decode(call.result).length).toBeGreaterThan(
			1000,
		);
	}
	expect(types).toEqual(ALL);
	expect(sandbox.openai.ledger(keyOf(client)).images).toBe(1);
});

it('tells by itself that it is at work', async () => {
	const client = clientOf(sandbox, { faults: { seconds: 0.2 } });
	const events: ResponseStreamEvent[] = [];
	for await (const event of await begin(client)) events.push(event);
	expect(typesOf(events)).toEqual(ALL);
});

it('is taken up after the last event that arrived, while it is at work and after its end', async () => {
	const client = clientOf(sandbox);
	const first = await begin(client);
	let id = '';
	for await (const event of first) {
		if (event.type !== 'response.created') continue;
		({ id } = event.response);
		// As a connection breaks off: the response goes on.
		break;
	}
	expect((await client.responses.retrieve(id)).status).toBe('queued');

	const again = await client.responses.retrieve(id, { stream: true, starting_after: 0 });
	const events: ResponseStreamEvent[] = [];
	for await (const event of again) {
		events.push(event);
		if (event.type === 'response.queued') sandbox.openai.finishResponse(id);
	}
	expect(typesOf(events)).toEqual(ALL.slice(1));
	expect(events.map(({ sequence_number }) => sequence_number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);

	const late = await client.responses.retrieve(id, { stream: true, starting_after: 6 });
	const rest = await readToEnd(late);
	expect(rest).toEqual(events.slice(-2));
});

it("is put together by the client's own helper, from its request or by its ID", async () => {
	const client = clientOf(sandbox);
	const stream = client.responses.stream({ ...request(), stream: true });
	stream.on('response.queued', ({ response }) => sandbox.openai.finishResponse(response.id));
	const response = await stream.finalResponse();
	expect(response).toMatchObject({ status: 'completed', background: true });

	const seen: number[] = [];
	const again = client.responses.stream({ response_id: response.id, starting_after: 4 });
	again.on('event', ({ sequence_number }) => seen.push(sequence_number));
	expect((await again.finalResponse()).output).toEqual(response.output);
	expect(seen).toEqual([5, 6, 7, 8]);
});

it.each([
	['fail=server_error', 'response.failed'],
	['incomplete', 'response.incomplete'],
])('with %s ends with %s', async (words, type) => {
	const events = await readToEnd(await begin(clientOf(sandbox), `[sandbox: ${words}]`));
	expect(events.at(-1)?.type).toBe(type);
});

it('just ends when the response is cancelled or deleted', async () => {
	const client = clientOf(sandbox);
	for (const end of ['cancel', 'delete'] as const) {
		const types: string[] = [];
		for await (const event of await begin(client)) {
			types.push(event.type);
			if (event.type === 'response.created') await client.responses[end](event.response.id);
		}
		expect(types).toContain('response.created');
		expect(types).not.toContain('response.completed');
	}
});

it('is refused for a response that was created without one, and from a number that is none', async () => {
	const client = clientOf(sandbox);
	const { id } = await client.responses.create(request());
	const plain = await refusal(client.responses.retrieve(id, { stream: true }));
	expect(plain).toMatchObject({ status: 400, param: 'stream' });
	const odd = client.responses.retrieve(id, { stream: true, starting_after: -1 });
	expect(await refusal(odd)).toMatchObject({ status: 400, param: 'starting_after' });
});
