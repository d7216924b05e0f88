// Jest's usual environment, in which a file's stage can look around when a test has failed, before anything is tidied up.
const { TestEnvironment } = require('jest-environment-node');

module.exports = class extends TestEnvironment {
	async handleTestEvent({ name, error }) {
		if (name !== 'test_fn_failure' && name !== 'hook_failure') return;
		await this.global.onFailure?.(error);
	}
};
