// Packages come from Node's own cache, so that a worker loads n8n-core once and not for every test file anew.
// As a transform, this replaces each file of node_modules by a line that asks for it here.
const { createHash } = require('node:crypto');
const { readFileSync } = require('node:fs');
const Module = require('node:module');

/** Globals that packages set when they load, which happens once, so that no test file may remove them. */
const ofModules = new Set();

exports.belongsToModule = (name) => ofModules.has(name);

/** In what this transform writes, require is jest's own, so that Node's has to be reached another way. */
const LOAD = 'imagegen-tests.load';

globalThis[Symbol.for(LOAD)] = (requirer, path) => {
	// Jest also transforms what Node loads for it while it loads its runner and the environment.
	if (requirer instanceof Module) {
		requirer._compile(readFileSync(path, 'utf8'), path);
		return requirer.exports;
	}
	const before = new Set(Reflect.ownKeys(globalThis));
	const loaded = require(path);
	for (const name of Reflect.ownKeys(globalThis)) if (!before.has(name)) ofModules.add(name);
	return loaded;
};

exports.process = (_source, path) => ({
	code: `module.exports = globalThis[Symbol.for('${LOAD}')](module, ${JSON.stringify(path)});`,
});

exports.getCacheKey = (_source, path) =>
	createHash('sha1')
		.update([readFileSync(module.filename), path].join('\0'))
		.digest('hex');
