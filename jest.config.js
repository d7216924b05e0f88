// Unit and engine tests. The real-n8n suite has its own command, npm run test:n8n.
const { availableParallelism } = require('node:os');

module.exports = {
	testEnvironment: '<rootDir>/test/jest/environment.js',
	// Where tests lie, and what they test, so that jest can tell which tests belong to a file. Without this it would also
	// look through the n8n that lies in .local.
	roots: ['test', 'nodes', 'credentials', 'pipeline', 'providers', 'sandbox'].map(
		(folder) => `<rootDir>/${folder}`,
	),
	testMatch: ['<rootDir>/test/{unit,engine}/**/*.test.ts'],
	transform: {
		'/node_modules/.+\\.[cm]?js$': '<rootDir>/test/jest/node-modules.js',
		'\\.ts$': '<rootDir>/test/jest/typescript.js',
	},
	transformIgnorePatterns: [],
	// Engine tests wait for servers most of the time, so that two more files than processors keep these no busier than they are.
	maxWorkers: availableParallelism() + 2,
	// What a worker has loaded stays there: a fresh one takes over before it holds too much for a small machine.
	workerIdleMemoryLimit: '1GB',
	// Of the tests of a file that are marked as concurrent.
	maxConcurrency: 10,
	// On a slow and busy machine too: only what never comes to an end is to end here.
	testTimeout: 300_000,
};
