// Streamed chat completions and responses, read by the official client.
import { type Sandbox, startSandbox } from '../../../../sandbox';
import { clientOf, decode, keyOf, refusal, SMALL } from './support';

let sandbox: Sandbox;

beforeAll(async () => (sandbox = await startSandbox()));
afterAll(async () => await sandbox.close());

const chat = (content: string) => ({
	model: 'gpt-4o-mini',
	messages: [{ role: 'user' as const, content }],
});

describe('a streamed chat', () => {
	it('says what the whole answer says, and what it cost where that is asked for', async () => {
		const client = clientOf(sandbox);
		const whole = await client.chat.completions.create(chat('What is a harbour?'));
		const stream = await client.chat.completions.create({
			...chat('What is a harbour?'),
			stream: true,
			stream_options: { include_usage: true },
		});
		let text = '';
		let usage: unknown;
		const ends = [];
		for await (const chunk of stream) {
			const [choice] = chunk.choices;
			text += choice?.delta.content ?? '';
			if (choice?.finish_reason) ends.push(choice.finish_reason);
			usage = chunk.usage ?? usage;
		}
		expect(text).toBe(whole.choices[0]?.message.content);
		expect(usage).toEqual(whole.usage);
		expect(ends).toEqual(['stop']);
	});

	it('calls tools, and refuses in its own field', async () => {
		const client = clientOf(sandbox);
		const tools = [{ type: 'function' as const, function: { name: 'save_caption' } }];
		const called = client.chat.completions.stream({
			...chat('A boat'),
			tools,
			tool_choice: 'required',
		});
		const { choices } = await called.finalChatCompletion();
		const [call] = choices[0]?.message.tool_calls ?? [];
		expect(call).toMatchObject({ type: 'function', function: { name: 'save_caption' } });

		const refused = client.chat.completions.stream(chat('A fight [sandbox: moderation=input]'));
		const { message } = (await refused.finalChatCompletion()).choices[0]!;
		expect(message.refusal).toMatch(/^I'm sorry/);
	});

	it('takes what changes nothing here', async () => {
		const { choices } = await clientOf(sandbox).chat.completions.create({
			...chat('What is a harbour?'),
			prompt_cache_retention: '24h',
			web_search_options: {},
		});
		expect(choices).toHaveLength(1);
	});

	it('takes stream_options only with a stream', async () => {
		const options = { ...chat('A boat'), stream_options: { include_usage: true } };
		const error = await refusal(clientOf(sandbox).chat.completions.create(options));
		expect(error).toMatchObject({ status: 400, param: 'stream_options' });
	});
});

describe('a streamed response', () => {
	it('brings its image with its last events', async () => {
		const client = clientOf(sandbox);
		const stream = await client.responses.create({
			model: 'gpt-4o',
			input: 'A quiet harbour',
			tools: [{ type: 'image_generation', size: SMALL, quality: 'low', partial_images: 1 }],
			stream: true,
		});
		const types: string[] = [];
		let image: string | null = null;
		for await (const event of stream) {
			types.push(event.type);
			if (event.type !== 'response.completed') continue;
			const [call] = event.response.output;
			if (call?.type === 'image_generation_call') image = call.result;
		}
		expect(types).toEqual([
			'response.created',
			'response.in_progress',
			'response.output_item.added',
			'response.image_generation_call.in_progress',
			'response.image_generation_call.generating',
			'response.image_generation_call.partial_image',
			'response.image_generation_call.completed',
			'response.output_item.done',
			'response.completed',
		]);
		expect(decode(image).length).toBeGreaterThan(1000);
		expect(sandbox.openai.ledger(keyOf(client)).images).toBe(1);
	});

	it('says its text, as the client puts it together', async () => {
		const client = clientOf(sandbox);
		const input = 'What is a harbour?';
		const whole = await client.responses.create({ model: 'gpt-4o-mini', input });
		const stream = client.responses.stream({ model: 'gpt-4o-mini', input });
		expect((await stream.finalResponse()).output_text).toBe(whole.output_text);
	});
});

describe('a response that is no longer needed', () => {
	it('is deleted', async () => {
		const client = clientOf(sandbox);
		const { id } = await client.responses.create({ model: 'gpt-4o-mini', input: 'Hello' });
		await client.responses.delete(id);
		expect(await refusal(client.responses.retrieve(id))).toMatchObject({ status: 404 });
	});
});
