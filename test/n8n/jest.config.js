/** The suite that needs a real n8n process: npm run test:n8n starts one and hands over its address. */
module.exports = {
	rootDir: '../..',
	testEnvironment: '<rootDir>/test/n8n/support/environment.js',
	// Without this jest would also crawl the whole n8n in .local.
	roots: ['<rootDir>/test/n8n'],
	testMatch: ['<rootDir>/test/n8n/**/*.test.ts'],
	transform: {
		'\\.ts$': '<rootDir>/test/jest/typescript.js',
	},
	// On a slow and busy machine too: only what never comes to an end is to end here.
	testTimeout: 600_000,
};
