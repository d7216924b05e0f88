// What n8n reads from the environment. Import this before anything of n8n-core.
import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { Container } from '@n8n/di';

/** Every test file has its own; jest's environment puts back what stands in process.env. */
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

// Test files of one worker share n8n's code. What it built for an earlier file, with that one's settings, is not for this one.
Container.reset();
