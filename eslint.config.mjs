// Lint rules: n8n's own config whole for what ships, plus this package's floors.
import { readdirSync } from 'node:fs';

import js from '@eslint/js';
import { config as n8nConfig } from '@n8n/node-cli/eslint';
import { defineConfig, globalIgnores } from 'eslint/config';
import regexp from 'eslint-plugin-regexp';

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

/** Rooms of the providers' floor that all protocols share. */
const sharedRooms = ['answers', 'described', 'limits', 'requests'];
const protocols = readdirSync(new URL('./providers', import.meta.url), { withFileTypes: true })
	.filter((entry) => entry.isDirectory() && !sharedRooms.includes(entry.name))
	.map(({ name }) => `./providers/${name}`);

/** Whatever a text holds, a pattern goes over it once: answers, prompts and rows may have megabytes. */
const linearPatterns = {
	'regexp/no-super-linear-backtracking': ['error', { report: 'potential' }],
	'regexp/no-super-linear-move': ['error', { report: 'potential' }],
};

const importZones = [
	...floors('Providers are pure: they know no n8n and no upper floor.', './providers', [
		'./pipeline',
		'./nodes',
		'./credentials',
	]),
	...protocols.flatMap((protocol) =>
		floors(
			'No provider imports another: what several of them share lies in providers/answers, described, limits and requests.',
			protocol,
			protocols.filter((other) => other !== protocol),
		),
	),
	...floors(
		'The pipeline names no provider: import only the contract and what all providers share.',
		'./pipeline',
		[...protocols, './nodes', './credentials'],
	),
	...floors(
		'What all nodes share names no provider: a node hands in what only its own has.',
		'./nodes/shared',
		protocols,
	),
	...floors(
		'An HTTP client knows no pictures: what it needs of them is handed in.',
		'./pipeline/http',
		['./pipeline/media/*.ts', './pipeline/once', './pipeline/tasks', './pipeline/suspend'],
	),
	...floors(
		'Reading an answer and storing a picture need no HTTP.',
		'./pipeline/{answers,media/store}/**',
		['./pipeline/http', './pipeline/tasks', './pipeline/once', './pipeline/suspend'],
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

const onlyModules = (modules, message, ...others) => ({
	'no-restricted-imports': [
		'error',
		{ patterns: [{ regex: `^(?!\\.{1,2}(/|$)|(${modules})$)`, message }, ...others] },
	],
});
const onlyRuntimeModules = (...others) =>
	onlyModules(
		runtimeModules,
		'Shipped code may import only n8n-workflow, zod, lodash, luxon and crypto: n8n installs nothing else.',
		...others,
	);

/** What a node may know of the pipeline. */
const doors = ['session', 'result', 'media', 'once', 'suspend', 'callbacks', 'told'];

/** What each room of the pipeline is the only place to touch. */
const rooms = {
	answers: {},
	callbacks: {
		names: ['readCallback', 'timingSafeEqual'],
		message: 'Only pipeline/callbacks believes or refuses a delivery.',
	},
	http: {
		names: ['httpRequest', 'httpRequestWithAuthentication', 'requestWithAuthentication'],
		message: "Only pipeline/http calls n8n's HTTP helpers.",
	},
	media: {
		names: [
			'assertBinaryData',
			'binaryToBuffer',
			'createBinarySignedUrl',
			'getBinaryDataBuffer',
			'getBinaryMetadata',
			'getBinaryStream',
			'prepareBinaryData',
		],
		message: "Only pipeline/media touches n8n's binary store.",
	},
	once: {
		names: ['getContext'],
		message: "Only pipeline/once reads and writes n8n's memory of the node.",
	},
	secrets: {},
	suspend: {
		names: ['evaluateExpression', 'getExecuteData', 'putExecutionToWait', 'resumeUrl'],
		message: 'Only pipeline/suspend touches the places of n8n by which an execution waits.',
	},
	tasks: {
		names: ['pollMany'],
		message: 'Only pipeline/tasks asks a provider about its tasks.',
	},
	told: {
		names: ['addExecutionHints'],
		message: "Only pipeline/told shows n8n's hints.",
	},
};

const ownTime =
	'The pipeline takes time, chance and waiting from the clock that it is handed (connection.clock), so that tests can hand in another.';
/** What only pipeline/clock.ts may touch. */
const timeBans = [
	'MemberExpression[object.name=/^(Date|DateTime|performance)$/][property.name=/^(now|local|utc)$/]',
	'MemberExpression[object.name="Math"][property.name="random"]',
	'NewExpression[callee.name="Date"][arguments.length=0]',
	'CallExpression[callee.name="Date"]',
	'ImportSpecifier[imported.name=/^sleep/]',
	'MemberExpression[object.name="AbortSignal"][property.name="timeout"]',
].map((selector) => ({ selector, message: ownTime }));

/** Refuses, in these files, what only other rooms may touch. */
function roomsFor(files, { ownRoom, hasClock = true } = {}) {
	const others = Object.entries(rooms).filter(([room, { names }]) => names && room !== ownRoom);
	const bans = others.map(([, { names, message }]) => ({
		selector: `Identifier[name=/^(${names.join('|')})$/]`,
		message,
	}));
	bans.push({
		selector: 'Identifier[name="createHash"]',
		message: 'There is one digest: providers/digest.ts.',
	});
	if (hasClock) bans.push(...timeBans);
	return { files, rules: { 'no-restricted-syntax': ['error', ...bans] } };
}

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
		plugins: { regexp },
		rules: {
			...onlyRuntimeModules(),
			...linearPatterns,
		},
	},
	{
		files: ['providers/**/*.ts'],
		rules: onlyModules(
			pureModules,
			'Providers may import only zod, lodash, luxon and crypto: they know no n8n.',
		),
	},
	{
		files: ['nodes/**/*.ts'],
		rules: onlyRuntimeModules({
			regex: `/pipeline(?!/(${doors.join('|')})$)`,
			message: `Nodes know the pipeline by these modules only: ${doors.join(', ')}.`,
		}),
	},
	roomsFor(['{nodes,credentials}/**/*.ts', 'pipeline/clock.ts'], { hasClock: false }),
	roomsFor(['pipeline/!(clock).ts']),
	...Object.keys(rooms).map((ownRoom) => roomsFor([`pipeline/${ownRoom}/**/*.ts`], { ownRoom })),
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
