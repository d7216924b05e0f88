/** Unit and engine tests. The real-n8n suite has its own command, npm run test:n8n. */
module.exports = {
	testEnvironment: 'node',
	// Without it jest would also look through the n8n that lies in .local.
	roots: ['<rootDir>/test'],
	testMatch: ['<rootDir>/test/{unit,engine}/**/*.test.ts'],
	transform: {
		'\\.ts$': ['ts-jest', { tsconfig: 'tsconfig.dev.json', diagnostics: false }],
	},
	// The tests wait for servers most of the time, so that jest's own way of leaving one processor free would only cost time.
	maxWorkers: '100%',
	testTimeout: 90_000,
};
