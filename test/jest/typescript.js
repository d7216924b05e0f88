// Strips the types of our own code with esbuild, file by file. tsc checks them, in npm run typecheck.
const { createHash } = require('node:crypto');
const { readFileSync } = require('node:fs');

const { transformSync, version } = require('esbuild');

exports.process = (source, path) =>
	transformSync(source, {
		sourcefile: path,
		loader: 'ts',
		format: 'cjs',
		platform: 'node',
		target: 'node24',
		sourcemap: 'external',
		// Jest's own require answers for import(), too.
		supported: { 'dynamic-import': false },
	});

exports.getCacheKey = (source, path) =>
	createHash('sha1')
		.update([version, readFileSync(module.filename), path, source].join('\0'))
		.digest('hex');
