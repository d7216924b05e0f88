// Large pictures within the text of chat answers: n8n's process takes them with little memory, many at a time.
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { startSandbox, type Sandbox } from '../../../sandbox';

const run = promisify(execFile);
const ITEMS = 20;
const MEGABYTES_OF_BASE64 = 16;
const HEAP_MEGABYTES = 256;
/** In Markdown, bare, as JSON within the text, and in an event stream. */
const WAYS = ['shape=a as=data', 'shape=m', 'shape=n', 'shape=f stream'];

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox();
});
afterAll(async () => await sandbox.close());

test(`${ITEMS} answers of ${MEGABYTES_OF_BASE64} MB`, async () => {
	const key = sandbox.chat.addKey({ faults: { big: MEGABYTES_OF_BASE64 } });
	const prompts = Array.from(
		{ length: ITEMS },
		(_none, item) => `Item ${item} [sandbox: ${WAYS[item % WAYS.length]!}]`,
	);
	const { stdout } = await run(process.execPath, [
		`--max-old-space-size=${HEAP_MEGABYTES}`,
		...['--import', 'tsx'],
		join(__dirname, 'largePictures.ts'),
		...[sandbox.chat.baseUrl, key, ...prompts],
	]);
	const drawn = sandbox.chat.calls(key).map(({ imagesOut: [image] }) => image!.bytes);
	expect(drawn).toHaveLength(ITEMS);
	const { error, sizes } = JSON.parse(stdout.trim().split('\n').at(-1)!) as {
		error?: string;
		sizes: number[];
	};
	expect(error).toBeUndefined();
	expect([...sizes].sort()).toEqual([...drawn].sort());
});
