// Every node of n8n loads in the n8n that npm start installs, so that examples can use any of them.
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { settings } from './support/settings';

const LOADER = join('test', 'n8n', 'support', 'load-nodes.mjs');
/** n8n 2.41 has about a thousand; far fewer would mean that the test looks in the wrong place. */
const AT_LEAST = 900;

test('every node and credential of n8n loads', async () => {
	const { stdout } = await promisify(execFile)(process.execPath, [LOADER, settings.n8nApp]);
	const { loaded, failed } = JSON.parse(stdout) as { loaded: number; failed: object };
	expect(failed).toEqual({});
	expect(loaded).toBeGreaterThan(AT_LEAST);
});
