// The Files API, driven by the official client.
import type OpenAI from 'openai';
import { type Sandbox, startSandbox } from '../../../../sandbox';
import { clientOf, plain, png, refusal } from './support';

let sandbox: Sandbox;
let client: OpenAI;

beforeAll(async () => {
	sandbox = await startSandbox();
	client = clientOf(sandbox);
});
afterAll(async () => await sandbox.close());

describe('the files API', () => {
	it('keeps, lists, pages, returns and deletes files', async () => {
		const own = clientOf(sandbox);
		const bytes = await plain(10, 10, '#123456');
		const ids: string[] = [];
		for (const name of ['a.png', 'b.png', 'c.png']) {
			const file = await own.files.create({ file: await png(bytes, name), purpose: 'vision' });
			expect(file).toMatchObject({ object: 'file', filename: name, bytes: bytes.length });
			ids.push(file.id);
		}
		const listed: string[] = [];
		for await (const file of own.files.list({ limit: 2, purpose: 'vision' })) listed.push(file.id);
		expect(listed).toEqual([...ids].reverse());
		const [id = ''] = ids;
		const content = await own.files.content(id);
		expect(Buffer.from(await content.arrayBuffer()).equals(bytes)).toBe(true);
		expect(await own.files.delete(id)).toEqual({ id, object: 'file', deleted: true });
		expect(await refusal(own.files.retrieve(id))).toMatchObject({ status: 404 });
		expect(await refusal(client.files.retrieve(ids[1] ?? ''))).toMatchObject({ status: 404 });
	});

	it.each(['assistants', 'batch', 'evals', 'fine-tune', 'user_data', 'vision'] as const)(
		'takes files for %s',
		async (purpose) => {
			const file = await png(Buffer.from('{}'), 'lines.jsonl');
			expect(await client.files.create({ file, purpose })).toMatchObject({ purpose });
		},
	);

	it('wants .jsonl for batches', async () => {
		const file = await png(Buffer.from('{}'), 'batch.txt');
		const error = await refusal(client.files.create({ file, purpose: 'batch' }));
		expect(error).toMatchObject({ code: 'invalid_file_extension' });
	});
});
