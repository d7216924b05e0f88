// The environment of child processes: the project's Node 24 first, and nothing left of an outer npm.
import { delimiter } from 'node:path';

import { inRoot } from './paths.mjs';

const OF_THE_OUTER_NPM = /^npm_(package_|lifecycle_|config_local_prefix$|config_prefix$|command$)/i;

/** This process's environment without what npm sets for the script that it is running. */
export function plainEnvironment(extra = {}) {
	const kept = Object.entries(process.env).filter(([name]) => !OF_THE_OUTER_NPM.test(name));
	return { ...Object.fromEntries(kept), ...extra };
}

/** The same with the project's own binaries first, so that "node" is the project's Node 24. */
export function projectEnvironment(extra = {}) {
	const environment = plainEnvironment();
	const pathName = Object.keys(environment).find((name) => name.toUpperCase() === 'PATH') ?? 'PATH';
	environment[pathName] = [inRoot('node_modules', '.bin'), environment[pathName]]
		.filter(Boolean)
		.join(delimiter);
	return { ...environment, ...extra };
}
