// n8n can't store what arrives, as on a full disk: nothing is fetched again and again, and nothing is lost.
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { userFolder } from '../support/environment';
import { startBench, type Bench } from './setup';
import { downloads, SMALL } from './traffic';

let bench: Bench;
beforeAll(async () => {
	bench = await startBench();
});
afterAll(async () => await bench.close());

test('the message says that it is n8n’s disk, and where the picture is', async () => {
	const storage = join(userFolder, 'storage');
	await rm(storage, { recursive: true });
	// A file in its place: n8n can't make the folders it wants.
	await writeFile(storage, '');
	const run = await bench.image('generate', SMALL);
	expect(run.error?.message).toMatch(/^n8n could not store the picture: .+/);
	const [task] = bench.sandbox.evolink.tasks(run.key);
	expect(run.error?.description).toContain('Make room where n8n keeps its files.');
	expect(run.error?.description).toContain(task!.id);
	expect(downloads(bench, task!.id)).toHaveLength(1);
});
