// Lint rules: n8n's own config whole for what ships, plus this package's floors.
import { readdirSync } from 'node:fs';

import js from '@eslint/js';
import { config as n8nConfig } from '@n8n/node-cli/eslint';
import { defineConfig, globalIgnores } from 'eslint/config';

const shipped = ['{nodes,credentials,pipeline,providers}/**/*.ts'];
const development = ['{test,sandbox}/**/*.ts'];

/** `n8n-node lint` lets warnings pass. Here a warning is worth fixing, so it fails like an error. */
function warningsAsErrors(block) {
	const rules = Object.entries(block.rules ?? {}).map(([name, setting]) => {
		const [level, ...options] = Array.isArray(setting) ? setting : [setting];
		return [name, level === 'warn' || level === 1 ? ['error', ...options] : setting];
	});
	return block.rules ? { ...block, rules: Object.fromEntries(rules) } : block;
}

/** One zone per ban: code in `target` may not import what lies in `from`. */
function floors(message, target, from) {
	return from.map((folder) => ({ target, from: folder, message }));
}

const protocols = readdirSync(new URL('./providers', import.meta.url), { withFileTypes: true })
	.filter((entry) => entry.isDirectory())
	.map(({ name }) => `./providers/${name}`);

const importZones = [
	...floors('Providers are pure: they know no n8n and no upper floor.', './providers', [
		'./pipeline',
		'./nodes',
		'./credentials',
	]),
	...protocols.flatMap((protocol) =>
		floors(
			'No provider imports another: what several of them share lies in providers/*.ts.',
			protocol,
			protocols.filter((other) => other !== protocol),
		),
	),
	...floors(
		'The pipeline names no provider: import only the shared contract files, providers/*.ts.',
		'./pipeline',
		['./providers/*/**', './nodes', './credentials'],
	),
	...floors(
		'The sandbox checks the package from outside, so it shares no code with it.',
		'./sandbox',
		['./providers', './pipeline', './nodes', './credentials'],
	),
	...floors(
		'What ships may not lean on development code.',
		'./{nodes,credentials,pipeline,providers}/**',
		['./test/**', './sandbox/**', './bench/**', './scripts/**'],
	),
];

/** What n8n has on its module path on every installation. n8n's own rule also lets devDependencies in. */
const runtimeModules = 'n8n-workflow|zod|lodash(/.*)?|luxon|crypto';
const pureModules = 'zod|lodash(/.*)?|luxon|crypto';

const onlyModules = (modules, message) => ({
	'no-restricted-imports': [
		'error',
		{ patterns: [{ regex: `^(?!\\.{1,2}(/|$)|(${modules})$)`, message }] },
	],
});

export default defineConfig(
	globalIgnores(['.local', 'dist', 'scripts/n8n-app']),
	n8nConfig.map(warningsAsErrors),
	{
		// Rules are changed here or not at all: inline disables do nothing, and even an idle one fails.
		linterOptions: { noInlineConfig: true },
		rules: { 'no-warning-comments': ['error', { terms: ['eslint-disable', 'todo', 'fixme'] }] },
	},
	{
		files: ['**/*.ts'],
		rules: {
			'import-x/no-restricted-paths': ['error', { zones: importZones }],
		},
	},
	{
		files: shipped,
		rules: onlyModules(
			runtimeModules,
			'Shipped code may import only n8n-workflow, zod, lodash, luxon and crypto: n8n installs nothing else.',
		),
	},
	{
		files: ['providers/**/*.ts'],
		rules: onlyModules(
			pureModules,
			'Providers may import only zod, lodash, luxon and crypto: they know no n8n.',
		),
	},
	{
		// The bans of n8n's platform don't hold where the code never runs inside n8n.
		files: development,
		rules: {
			'@n8n/community-nodes/no-dangerous-functions': 'off',
			'@n8n/community-nodes/no-restricted-globals': 'off',
			'@n8n/community-nodes/no-restricted-imports': 'off',
			'@n8n/community-nodes/require-node-api-error': 'off',
		},
	},
	{
		// The sandbox is run in a terminal, and prints.
		files: ['sandbox/**/*.ts'],
		rules: { 'no-console': 'off' },
	},
	{
		files: ['**/*.{js,mjs}'],
		extends: [js.configs.recommended],
		languageOptions: {
			globals: Object.fromEntries(
				Object.getOwnPropertyNames(globalThis).map((name) => [name, 'readonly']),
			),
		},
	},
	{
		files: ['**/*.js'],
		languageOptions: {
			sourceType: 'commonjs',
			globals: { require: 'readonly', module: 'writable' },
		},
	},
);
