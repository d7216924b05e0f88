// What n8n reads from the environment. Import this before anything of n8n-core.
import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Jest gives every test file its own copy of the environment, so nothing here leaks. */
export const userFolder = join(tmpdir(), `n8n-engine-${randomUUID()}`);

export const logFile = join(userFolder, 'n8n.log');

Object.assign(process.env, {
	N8N_USER_FOLDER: userFolder,
	N8N_ENCRYPTION_KEY: 'a-key-for-tests-only',
	N8N_LOG_LEVEL: 'info',
	N8N_LOG_OUTPUT: 'file',
	N8N_LOG_FILE_LOCATION: logFile,
	// Servers under test listen on loopback, which no proxy can reach.
	NO_PROXY: '127.0.0.1,localhost',
});
