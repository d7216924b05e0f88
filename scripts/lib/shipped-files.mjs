// The files that ship. The build keeps only these in dist, and the scan lets no others into the tarball.

/** What lies beside dist in the tarball: npm adds all but the last by itself, and package.json names that. */
export const FILES_BESIDE_DIST = [
	'package.json',
	'README.md',
	'README.ko.md',
	'LICENSE',
	'CHANGELOG.md',
];

/** What n8n loads from dist, or a person opens there. */
export const PATTERNS_IN_DIST = [
	'{credentials,nodes,pipeline,providers}/**/*.js',
	'{credentials,nodes}/**/*.svg',
	'nodes/**/*.node.json',
	'nodes/**/__schema__/**/*.json',
	'examples/*.json',
	'examples/tables/*.csv',
];
