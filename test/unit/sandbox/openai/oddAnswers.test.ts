// What the sandbox answers oddly on demand, and files that are fetched in parts.
import { type Sandbox, startSandbox } from '../../../../sandbox';
import { openAIOddities, openAIOddityHelp } from '../../../../sandbox/openai/oddities';
import type { OpenAIFaults } from '../../../../sandbox/openai/faults';
import { SMALL } from './support';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox();
});
afterAll(async () => await sandbox.close());

async function api(key: string, path: string, body?: object, headers: Record<string, string> = {}) {
	return await fetch(`${sandbox.openai.baseUrl}${path}`, {
		method: body ? 'POST' : 'GET',
		headers: {
			authorization: `Bearer ${key}`,
			...(body && { 'content-type': 'application/json' }),
			...headers,
		},
		body: body && JSON.stringify(body),
	});
}

const draw = (odd: string) => ({
	model: 'gpt-image-2',
	size: SMALL,
	quality: 'low',
	prompt: `A boat [sandbox: create=200 odd=${odd}]`,
});

function usageIn(body: string): Record<string, unknown> {
	return (JSON.parse(body) as { usage: Record<string, unknown> }).usage;
}

test('the help names every odd answer', () => {
	expect(openAIOddityHelp.map(([name]) => name)).toEqual(
		Object.keys(openAIOddities).map((name) => `create=200 odd=${name}`),
	);
});

test.each<[string, (body: string) => unknown, unknown]>([
	['bom', (body) => body.slice(0, 2), '\ufeff{'],
	['null-entry', (body) => (JSON.parse(body) as { data: unknown[] }).data[1], null],
	['no-images', (body) => (JSON.parse(body) as { data: unknown[] }).data, []],
	['images-list', (body) => typeof (JSON.parse(body) as { images: unknown[] }).images[0], 'string'],
	['split-stream', (body) => /^event: \S+\ndata:\n\{/.test(body), true],
	['commented-stream', (body) => body.slice(0, 3), '\ufeff: '],
	['cut-behind-picture', (body) => body.endsWith('}'), false],
	[
		'refused-beside',
		(body) => (JSON.parse(body) as { data: object[] }).data[1],
		{ error: { code: 'moderation_blocked', message: 'This image was refused.' } },
	],
	['error-200', (body) => Object.keys(JSON.parse(body) as object), ['error']],
	['zero-usage', (body) => usageIn(body).total_tokens, 0],
	['usage-cost', (body) => usageIn(body).cost, 0.0421],
	[
		'cached-usage',
		(body) => usageIn(body).input_tokens_details,
		{
			text_tokens: 2,
			image_tokens: 0,
			cached_tokens: 1,
			cached_tokens_details: { text_tokens: 1, image_tokens: 0 },
		},
	],
	['bom drawn-size=640x656', (body) => /"size":"640x656"/.test(body), true],
])('%s', async (odd, read, expected) => {
	const key = sandbox.openai.addKey();
	const answer = await api(key, '/images/generations', draw(odd));
	expect(answer.status).toBe(200);
	// text() would leave a byte order mark out.
	expect(read(Buffer.from(await answer.arrayBuffer()).toString())).toEqual(expected);
	expect(sandbox.openai.ledger(key).images).toBe(1);
});

test('what is refused anyway is refused, and an unknown name is the caller’s mistake', async () => {
	const key = sandbox.openai.addKey();
	const wanted = { ...draw('bom'), model: 'none' };
	expect((await api(key, '/images/generations', wanted)).status).toBe(404);
	expect((await api(key, '/images/generations', draw('none'))).status).toBe(500);
});

describe('a results file', () => {
	async function resultsOf(key: string): Promise<string> {
		const form = new FormData();
		const body = { model: 'gpt-image-2', size: SMALL, quality: 'low', prompt: 'A boat' };
		const line = { custom_id: 'a', method: 'POST', url: '/v1/images/generations', body };
		const second = { ...line, custom_id: 'b' };
		form.set('purpose', 'batch');
		form.set('file', new Blob([`${JSON.stringify(line)}\n${JSON.stringify(second)}`]), 'a.jsonl');
		const sent = await fetch(`${sandbox.openai.baseUrl}/files`, {
			method: 'POST',
			headers: { authorization: `Bearer ${key}` },
			body: form,
		});
		const { id: input_file_id } = (await sent.json()) as { id: string };
		const wanted = { input_file_id, endpoint: '/v1/images/generations', completion_window: '24h' };
		const { id } = (await (await api(key, '/batches', wanted)).json()) as { id: string };
		sandbox.openai.finishBatch(id);
		const batch = await (await api(key, `/batches/${id}`)).json();
		return `/files/${(batch as { output_file_id: string }).output_file_id}/content`;
	}

	test('is sent from where a download stopped, as long as it is the same', async () => {
		const key = sandbox.openai.addKey();
		const path = await resultsOf(key);
		const whole = await api(key, path);
		const bytes = Buffer.from(await whole.arrayBuffer());
		const etag = whole.headers.get('etag')!;
		const rest = await api(key, path, undefined, { range: 'bytes=100-', 'if-range': etag });
		expect(rest.status).toBe(206);
		expect(rest.headers.get('content-range')).toBe(`bytes 100-${bytes.length - 1}/${bytes.length}`);
		expect(Buffer.from(await rest.arrayBuffer()).equals(bytes.subarray(100))).toBe(true);
		const changed = await api(key, path, undefined, { range: 'bytes=100-', 'if-range': '"old"' });
		expect(changed.status).toBe(200);
		expect((await changed.arrayBuffer()).byteLength).toBe(bytes.length);
	});

	test.each<[OpenAIFaults['content'], number, (text: string) => unknown, unknown]>([
		[{ form: 'empty' }, 200, (text) => text, ''],
		[{ form: 'none' }, 204, (text) => text, ''],
		[{ form: 'bom' }, 200, (text) => text.slice(0, 2), '\ufeff{'],
		[{ form: 'fewer' }, 200, (text) => text.includes('"custom_id":"a"'), false],
		[{ form: 'cut' }, 200, (text) => text.endsWith('\n'), false],
		[{ text: 'x' }, 200, (text) => text, 'x'],
		[{ breakAfter: 10, times: 0 }, 200, (text) => text.endsWith('\n'), true],
	])('with %p', async (content, status, read, expected) => {
		const key = sandbox.openai.addKey();
		const path = await resultsOf(key);
		sandbox.openai.setFaults(key, { content });
		const answer = await api(key, path);
		expect(answer.status).toBe(status);
		expect(read(Buffer.from(await answer.arrayBuffer()).toString())).toBe(expected);
	});

	test('breaks off as often as it is told', async () => {
		const key = sandbox.openai.addKey();
		const path = await resultsOf(key);
		sandbox.openai.setFaults(key, { content: { breakAfter: 10, times: 1 } });
		await expect(api(key, path).then(async (answer) => await answer.text())).rejects.toThrow();
		expect((await (await api(key, path)).text()).endsWith('\n')).toBe(true);
	});
});
