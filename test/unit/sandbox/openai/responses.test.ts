// Background responses with the image tool, driven by the official client.
import type OpenAI from 'openai';
import type {
	Response,
	ResponseError,
	ResponseCreateParamsNonStreaming,
} from 'openai/resources/responses/responses';
import sharp from 'sharp';
import { type Sandbox, startSandbox } from '../../../../sandbox';
import { RESPONSE_ERROR_CODES } from '../../../../sandbox/openai/responses/error-codes';
import { type ResponseTask, statusOf } from '../../../../sandbox/openai/responses/tasks';
import { halfMask, startReceiver, until } from '../support';
import { clientOf, dataUri, decode, keyOf, pixelsOf, plain, png, refusal, SMALL } from './support';

let sandbox: Sandbox;

beforeAll(async () => (sandbox = await startSandbox({ pace: 60 })));
afterAll(async () => await sandbox.close());

type Params = ResponseCreateParamsNonStreaming;

async function create(
	client: OpenAI,
	input: Params['input'],
	tool: object = {},
	more: object = {},
) {
	const params: Params = {
		model: 'gpt-4o',
		background: true,
		input,
		tools: [{ type: 'image_generation', size: SMALL, quality: 'low', ...tool }],
		...more,
	};
	return await client.responses.create(params);
}

function callIn(response: Response) {
	const call = response.output.find(({ type }) => type === 'image_generation_call');
	if (call?.type !== 'image_generation_call') throw new Error('There is no image call.');
	return call;
}

const withPicture = (text: string, bytes: Buffer): Params['input'] => [
	{
		role: 'user',
		content: [
			{ type: 'input_text', text },
			{ type: 'input_image', image_url: dataUri(bytes), detail: 'auto' },
		],
	},
];

describe('a background response', () => {
	it('is queued, then completed with its image and its usage', async () => {
		const client = clientOf(sandbox);
		const tool = { model: 'gpt-image-2', output_format: 'webp', background: 'transparent' };
		const metadata = { order: '7' };
		const created = await create(client, 'A quiet harbour', tool, { metadata });
		expect(created).toMatchObject({
			object: 'response',
			status: 'queued',
			background: true,
			error: null,
			output: [],
			metadata,
		});
		expect((await client.responses.retrieve(created.id)).status).toBe('queued');
		sandbox.openai.finishResponse(created.id);
		const done = await client.responses.retrieve(created.id);
		expect(done).toMatchObject({
			id: created.id,
			status: 'completed',
			output_text: '',
			usage: { input_tokens: 4 },
			tool_usage: { image_gen: { input_tokens: 4, output_tokens: 107 } },
		});
		const call = callIn(done);
		expect(call).toMatchObject({
			status: 'completed',
			size: SMALL,
			quality: 'low',
			output_format: 'webp',
			background: 'transparent',
			revised_prompt: 'A quiet harbour',
		});
		expect(await sharp(decode(call.result)).metadata()).toMatchObject({
			format: 'webp',
			width: 1024,
			height: 640,
			hasAlpha: true,
		});
		expect(sandbox.openai.responses(keyOf(client))).toMatchObject([
			{ id: created.id, imageModel: 'gpt-image-2', status: 'completed' },
		]);
		expect(sandbox.openai.ledger(keyOf(client))).toMatchObject({ images: 1 });
		expect(sandbox.openai.calls(keyOf(client))[0]?.imagesOut).toHaveLength(1);
	});

	it('goes through its statuses by itself', async () => {
		const client = clientOf(sandbox, { faults: { seconds: 0.4 } });
		const seen = new Set<string | undefined>();
		const { id, status } = await create(client, 'A quiet harbour');
		seen.add(status);
		while (!seen.has('completed')) seen.add((await client.responses.retrieve(id)).status);
		// A slow machine doesn't see each of them.
		const all = ['queued', 'in_progress', 'completed'];
		expect([...seen]).toEqual(all.filter((each) => seen.has(each)));
	});

	it.each([
		[19, 'queued'],
		[21, 'in_progress'],
		[99, 'in_progress'],
	])('shows after %i hundredths of its time that it is %s', (hundredths, status) => {
		const durationMs = 3_600_000;
		const createdAt = Date.now() - (durationMs * hundredths) / 100;
		expect(statusOf({ createdAt, durationMs } as ResponseTask)).toBe(status);
	});

	it('edits through a mask, and edits its own result further', async () => {
		const client = clientOf(sandbox);
		const image = await plain(1024, 1024, '#20a060');
		const mask = await client.files.create({
			file: await png(await halfMask(1024, 1024)),
			purpose: 'vision',
		});
		const tool = { size: '1024x1024', input_image_mask: { file_id: mask.id } };
		const { id } = await create(client, withPicture('A window', image), tool);
		sandbox.openai.finishResponse(id);
		const call = callIn(await client.responses.retrieve(id));
		expect(call.action).toBe('edit');
		const [before, after] = [await pixelsOf(image), await pixelsOf(decode(call.result))];
		expect(after.subarray(2048, 4096).equals(before.subarray(2048, 4096))).toBe(true);
		expect(after.subarray(0, 2048).equals(before.subarray(0, 2048))).toBe(false);

		const input = [
			{ role: 'user', content: 'Now at night' },
			{ type: 'image_generation_call', id: call.id },
		] as Params['input'];
		const next = await create(client, input, { action: 'edit' });
		sandbox.openai.finishResponse(next.id);
		expect(callIn(await client.responses.retrieve(next.id)).action).toBe('edit');
	});

	it('goes on from an earlier response, whose picture it edits', async () => {
		const client = clientOf(sandbox);
		const first = await create(client, 'A quiet harbour');
		sandbox.openai.finishResponse(first.id);
		const more = { previous_response_id: first.id };
		const next = await create(client, 'Now at night', {}, more);
		sandbox.openai.finishResponse(next.id);
		const done = await client.responses.retrieve(next.id);
		expect(done.previous_response_id).toBe(first.id);
		expect(callIn(done).action).toBe('edit');
		const strangers = create(clientOf(sandbox), 'Now at night', {}, more);
		expect(await refusal(strangers)).toMatchObject({
			status: 400,
			code: 'previous_response_not_found',
			param: 'previous_response_id',
		});
	});

	it('takes what changes nothing here', async () => {
		const more = {
			context_management: [{ type: 'compaction' }],
			include: ['message.output_text.logprobs'],
			prompt_cache_key: 'harbour',
			prompt_cache_retention: '24h',
		};
		expect(await create(clientOf(sandbox), 'A harbour', {}, more)).toMatchObject({
			status: 'queued',
		});
	});

	it('is cancelled, once and again', async () => {
		const client = clientOf(sandbox);
		const { id } = await create(client, 'A quiet harbour');
		expect((await client.responses.cancel(id)).status).toBe('cancelled');
		expect((await client.responses.cancel(id)).status).toBe('cancelled');
		expect(sandbox.openai.ledger(keyOf(client)).spent).toBe(0);
	});

	it.each([
		['moderation=output', 'failed', 'image_content_policy_violation'],
		['fail=server_error', 'failed', 'server_error'],
		['cancel', 'cancelled', undefined],
		['incomplete', 'incomplete', undefined],
	])('with %s ends as %s', async (words, status, code) => {
		const client = clientOf(sandbox);
		const receiver = await startReceiver();
		await client.webhooks.create({
			name: 'ends',
			url: receiver.url,
			event_types: ['response.failed', 'response.cancelled', 'response.incomplete'],
		});
		const { id } = await create(client, `A fight [sandbox: ${words}]`);
		sandbox.openai.finishResponse(id);
		const done = await client.responses.retrieve(id);
		expect(done.status).toBe(status);
		expect(done.error?.code).toBe(code);
		if (code === 'image_content_policy_violation') {
			expect(callIn(done)).toMatchObject({
				status: 'failed',
				result: null,
				error: {
					code: 'moderation_blocked',
					moderation_details: { moderation_stage: 'output' },
				},
			});
		}
		expect(done.incomplete_details).toEqual(
			status === 'incomplete' ? { reason: 'max_output_tokens' } : null,
		);
		await until(() => receiver.received.length > 0);
		expect(JSON.parse(String(receiver.received[0]?.body))).toMatchObject({
			type: `response.${status}`,
			data: { id },
		});
		receiver.close();
	});

	it.each([...RESPONSE_ERROR_CODES])('fails with %s of the closed list', async (code) => {
		const client = clientOf(sandbox);
		const { id } = await create(client, `A fight [sandbox: fail=${code}]`);
		sandbox.openai.finishResponse(id);
		// As the official client's own type has it.
		const known: ResponseError['code'] = code;
		expect((await client.responses.retrieve(id)).error?.code).toBe(known);
	});

	it('fails with no code beyond the list', async () => {
		const client = clientOf(sandbox);
		const { id } = await create(client, 'A fight [sandbox: fail=too_strange]');
		sandbox.openai.finishResponse(id);
		expect((await client.responses.retrieve(id)).error).toEqual({
			code: 'server_error',
			message: 'The response failed: too_strange.',
		});
	});

	it.each(['text', 'part'])('is refused in words, as a %s, without an image', async (kind) => {
		const client = clientOf(sandbox);
		const { id } = await create(client, `A fight [sandbox: refuse=${kind}]`);
		sandbox.openai.finishResponse(id);
		const done = await client.responses.retrieve(id);
		expect(done.status).toBe('completed');
		const [message] = done.output;
		if (message?.type !== 'message') throw new Error('There is no message.');
		expect(message.id).toMatch(/^msg_/);
		const words = "I'm sorry, but I can't help with that.";
		expect(message.content).toEqual([
			kind === 'part'
				? { type: 'refusal', refusal: words }
				: expect.objectContaining({ type: 'output_text', text: words }),
		]);
		expect(done.output).toHaveLength(1);
		expect(sandbox.openai.ledger(keyOf(client)).images).toBe(0);
	});

	it('draws another size than asked for when told to', async () => {
		const client = clientOf(sandbox);
		const { id } = await create(client, 'A boat [sandbox: drawn-size=640x656]');
		sandbox.openai.finishResponse(id);
		const { result } = callIn(await client.responses.retrieve(id));
		expect(await sharp(decode(result)).metadata()).toMatchObject({ width: 640, height: 656 });
	});

	it('answers bad polls when its prompt says so', async () => {
		const client = clientOf(sandbox);
		const { id } = await create(client, 'A harbour [sandbox: poll=503 times=1]');
		expect(await refusal(client.responses.retrieve(id))).toMatchObject({ status: 503 });
		expect((await client.responses.retrieve(id)).id).toBe(id);
	});
});

describe('a response in the foreground', () => {
	it('answers the image at once', async () => {
		const client = clientOf(sandbox);
		const response = await create(client, 'A harbour', {}, { background: false });
		expect(response.status).toBe('completed');
		expect(decode(callIn(response).result).length).toBeGreaterThan(1000);
		expect(await refusal(client.responses.cancel(response.id))).toMatchObject({ status: 400 });
	});

	it('answers text about a picture without the tool', async () => {
		const { output_text } = await clientOf(sandbox).responses.create({
			model: 'gpt-4o-mini',
			input: withPicture('What is it?', await plain(12, 34, '#d01818')),
		});
		expect(output_text).toBe('The picture is 12 × 34 pixels, and its dominant colour is red.');
	});
});

describe('a response is refused', () => {
	it.each([
		['an unknown model', {}, { model: 'gpt-image-2' }, 404, 'model_not_found'],
		['an image model that is gone', { model: 'gpt-image-1' }, {}, 404, 'model_not_found'],
		['an image model that never was', { model: 'gpt-image-0' }, {}, 400, 'invalid_value'],
		['a bad size', { size: '1000x1000' }, {}, 400, 'invalid_value'],
		[
			'a transparent jpeg',
			{ background: 'transparent', output_format: 'jpeg' },
			{},
			400,
			'invalid_value',
		],
		['n in the tool', { n: 2 }, {}, 400, 'unknown_parameter'],
		['an edit without a picture', { action: 'edit' }, {}, 400, 'invalid_value'],
		['a mask without a picture', { input_image_mask: { file_id: 'x' } }, {}, 400, 'invalid_value'],
		['background without store', {}, { store: false }, 400, 'invalid_value'],
		['an unknown parameter', {}, { sing: 1 }, 400, 'unknown_parameter'],
		['no input', {}, { input: undefined }, 400, 'missing_required_parameter'],
	])('%s', async (_name, tool, more, status, code) => {
		const error = await refusal(create(clientOf(sandbox), 'A harbour', tool, more));
		expect(error).toMatchObject({ status, code });
	});

	it('says which of its two models is missing', async () => {
		const client = clientOf(sandbox);
		const calling = await refusal(create(client, 'A harbour', {}, { model: 'gpt-none' }));
		expect(calling).toMatchObject({ type: 'invalid_request_error', param: 'model' });
		const drawing = await refusal(create(client, 'A harbour', { model: 'gpt-image-0' }));
		expect(drawing).toMatchObject({ type: 'image_generation_user_error', param: 'tools' });
	});

	it('without a verified organization, without quota, or unknown', async () => {
		const unverified = clientOf(sandbox, { organizationVerified: false });
		expect(await refusal(create(unverified, 'A harbour'))).toMatchObject({
			status: 403,
			code: null,
		});
		const poor = clientOf(sandbox, { quota: 0 });
		expect(await refusal(create(poor, 'A harbour'))).toMatchObject({ code: 'insufficient_quota' });
		expect(await refusal(poor.responses.retrieve('resp_1'))).toMatchObject({ status: 404 });
	});
});
