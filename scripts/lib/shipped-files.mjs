// The files that ship. The build keeps only these in dist, and the scan lets no others into the tarball.

/** What lies beside dist in the tarball: npm adds the first three by itself, package.json names the last. */
export const FILES_BESIDE_DIST = ['package.json', 'README.md', 'LICENSE', 'CHANGELOG.md'];

/** What n8n loads from dist, or a person opens there. */
export const PATTERNS_IN_DIST = [
	'{credentials,nodes,pipeline,providers}/**/*.js',
	'{credentials,nodes}/**/*.svg',
	'nodes/**/*.node.json',
	'nodes/**/__schema__/**/*.json',
	'examples/*.json',
];
