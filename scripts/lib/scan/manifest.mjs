// Checks that the package brings no dependencies and runs nothing when it is installed.
import { say } from '../say.mjs';

/** npm runs these by itself, on installing or packing; a person who installs the package runs nothing. */
const LIFECYCLE_SCRIPTS =
	/^(pre|post)?(install|uninstall|pack|prepare|publish|version|shrinkwrap)$|^prepublishOnly$|^dependencies$/;
const DEPENDENCY_FIELDS = [
	'dependencies',
	'optionalDependencies',
	'bundleDependencies',
	'bundledDependencies',
	'overrides',
];
const PEERS = '{"n8n-workflow":"*"}';

export function manifestProblems({ manifest }) {
	say('  package.json: its dependencies, overrides, peer dependencies and lifecycle scripts');
	return [
		...DEPENDENCY_FIELDS.filter((field) => manifest[field]).map(
			(field) => `package.json may not have ${field}`,
		),
		...Object.keys(manifest.scripts ?? {})
			.filter((script) => LIFECYCLE_SCRIPTS.test(script))
			.map((script) => `package.json may not have a ${script} script`),
		...(JSON.stringify(manifest.peerDependencies) === PEERS
			? []
			: [`package.json: peerDependencies must be exactly ${PEERS}`]),
	];
}
