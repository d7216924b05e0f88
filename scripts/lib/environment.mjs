// The environment of child processes: the project's Node 24 first, and nothing left of an outer npm.
import { delimiter, join } from 'node:path';

import { root } from './paths.mjs';

const OF_THE_OUTER_NPM = /^npm_(package_|lifecycle_|config_local_prefix$|config_prefix$|command$)/i;

/** This process's environment without what npm sets for the script that it is running. */
export function plainEnvironment(extra = {}) {
	const kept = Object.entries(process.env).filter(([name]) => !OF_THE_OUTER_NPM.test(name));
	return { ...Object.fromEntries(kept), ...extra };
}

/** The same with the binaries of a folder's packages first, so that "node" is the Node among them. */
export function environmentIn(folder, extra = {}) {
	const environment = plainEnvironment();
	const pathName = Object.keys(environment).find((name) => name.toUpperCase() === 'PATH') ?? 'PATH';
	environment[pathName] = [join(folder, 'node_modules', '.bin'), environment[pathName]]
		.filter(Boolean)
		.join(delimiter);
	return { ...environment, ...extra };
}

/** The same for the project itself, so that "node" is its Node 24. */
export const projectEnvironment = (extra = {}) => environmentIn(root, extra);
