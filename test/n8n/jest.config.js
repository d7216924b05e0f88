/** The suite that needs a real n8n process: npm run test:n8n starts one and hands over its address. */
module.exports = {
	rootDir: '../..',
	testEnvironment: 'node',
	// Without this jest would also crawl the whole n8n in .local.
	roots: ['<rootDir>/test/n8n'],
	testMatch: ['<rootDir>/test/n8n/**/*.test.ts'],
	transform: {
		'\\.ts$': '<rootDir>/test/jest/typescript.js',
	},
	testTimeout: 120_000,
};
