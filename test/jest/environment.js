// Jest's environment here: test files run in the worker's own context, one after the other, instead of in one of their own.
// That way they can share what Node has loaded (see node-modules.js), and arrays, errors and bytes have one class each.
const vm = require('node:vm');

const { LegacyFakeTimers, ModernFakeTimers } = require('@jest/fake-timers');
const { ModuleMocker } = require('jest-mock');

const { belongsToModule } = require('./node-modules');

/** What this environment answers as its context. Jest's runtime hands it to compileFunction only. */
const WORKER_CONTEXT = {};

const { compileFunction } = vm;
vm.compileFunction = (code, parameters, { parsingContext, ...options }) =>
	compileFunction(
		code,
		parameters,
		parsingContext === WORKER_CONTEXT ? options : { ...options, parsingContext },
	);

/** What a test file may have changed and the next one has to find as it was. */
function takeSnapshot() {
	const globals = Object.getOwnPropertyDescriptors(globalThis);
	const environment = { ...process.env };
	const { exit, getBuiltinModule } = process;
	const folder = process.cwd();

	return function restore() {
		for (const name of Reflect.ownKeys(globalThis)) {
			const before = globals[name];
			const now = Reflect.getOwnPropertyDescriptor(globalThis, name);
			if (!before && belongsToModule(name)) continue;
			if (!before) Reflect.deleteProperty(globalThis, name);
			else if (before.value !== now.value || before.get !== now.get) {
				Reflect.defineProperty(globalThis, name, before);
			}
		}
		for (const name of Object.keys(process.env)) {
			if (!(name in environment)) delete process.env[name];
		}
		Object.assign(process.env, environment);
		Object.assign(process, { exit, getBuiltinModule });
		process.chdir(folder);
	};
}

module.exports = class WorkerEnvironment {
	constructor({ projectConfig }) {
		this.restore = takeSnapshot();
		this.global = globalThis;
		// Node's own ten lines are few when a test fails.
		Error.stackTraceLimit = 100;
		this.moduleMocker = new ModuleMocker(globalThis);
		this.fakeTimers = new LegacyFakeTimers({
			config: projectConfig,
			global: globalThis,
			moduleMocker: this.moduleMocker,
			timerConfig: { idToRef: (id) => id, refToId: (timer) => timer },
		});
		this.fakeTimersModern = new ModernFakeTimers({ config: projectConfig, global: globalThis });
	}

	async setup() {}

	async teardown() {
		this.moduleMocker.restoreAllMocks();
		this.fakeTimers.dispose();
		this.fakeTimersModern.dispose();
		this.restore();
	}

	exportConditions() {
		return ['node', 'node-addons'];
	}

	getVmContext() {
		return WORKER_CONTEXT;
	}
};
