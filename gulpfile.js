// The asset steps that `n8n-node build` lacks: themed icons, stamped example workflows, a pruned dist.
const { readdirSync, rmSync } = require('node:fs');
const { basename, extname, join, matchesGlob } = require('node:path');
const { Transform } = require('node:stream');
const { dest, parallel, series, src } = require('gulp');
const { optimize } = require('svgo');
const { name, version } = require('./package.json');
const { PATTERNS_IN_DIST } = require('./scripts/lib/shipped-files.mjs');

/** A stream step that answers, for one file, the files that take its place. */
function replaceEach(replacements) {
	return new Transform({
		objectMode: true,
		transform(file, _encoding, done) {
			try {
				for (const replacement of replacements(file)) this.push(replacement);
				done();
			} catch (error) {
				done(new Error(`${file.path}: ${error.message}`));
			}
		},
	});
}

function copyOf(file, relativePath, text) {
	const copy = file.clone({ contents: false });
	copy.path = join(file.base, relativePath);
	copy.contents = Buffer.from(text);
	return copy;
}

/**
 * The light and the dark icon of one source. The source is drawn in the light theme's colours;
 * its root's data-dark attribute says which colour takes the place of which in the dark theme.
 */
function themedIcons(file) {
	const provider = basename(file.path, extname(file.path));
	const source = file.contents.toString();
	const [attribute, pairs] = /\sdata-dark="([^"]+)"/.exec(source) ?? [];
	if (!attribute) throw new Error('the svg element has no data-dark attribute');

	const light = source.replace(attribute, '');
	const dark = pairs
		.split(' ')
		.map((pair) => pair.split('='))
		.reduce((svg, [lightColour, darkColour]) => svg.replaceAll(lightColour, darkColour), light);

	const optimised = (svg) => `${optimize(svg, { multipass: true }).data}\n`;
	const path = join(provider, provider.toLowerCase());
	return [
		copyOf(file, `${path}.svg`, optimised(light)),
		copyOf(file, `${path}.dark.svg`, optimised(dark)),
	];
}

/** The workflow with the package and version that it was made for, so that a copy tells its origin. */
function stampedWorkflow(file) {
	const workflow = JSON.parse(file.contents.toString());
	workflow.meta = { ...workflow.meta, package: `${name}@${version}` };
	return [copyOf(file, file.relative, `${JSON.stringify(workflow, null, '\t')}\n`)];
}

/** Draws nodes/<Provider>/<provider>.svg and .dark.svg from icons/<Provider>.svg. They are committed. */
function icons() {
	return src('icons/*.svg').pipe(replaceEach(themedIcons)).pipe(dest('nodes'));
}

/** The build copied the icons before they were drawn anew. */
function shipIcons() {
	return src('nodes/**/*.svg').pipe(dest('dist/nodes'));
}

function examples() {
	return src('examples/*.json').pipe(replaceEach(stampedWorkflow)).pipe(dest('dist/examples'));
}

/** The Data Tables that some of the workflows use. */
function exampleTables() {
	return src('examples/tables/*.csv').pipe(dest('dist/examples/tables'));
}

/** What doesn't ship is left over from the build. */
async function prune() {
	for (const entry of readdirSync('dist', { recursive: true, withFileTypes: true })) {
		const path = join(entry.parentPath, entry.name);
		const shipped = PATTERNS_IN_DIST.some((pattern) => matchesGlob(path, join('dist', pattern)));
		if (entry.isFile() && !shipped) rmSync(path);
	}
	removeEmptyFolders('dist');
}

function removeEmptyFolders(folder) {
	for (const entry of readdirSync(folder, { withFileTypes: true })) {
		if (entry.isDirectory()) removeEmptyFolders(join(folder, entry.name));
	}
	if (readdirSync(folder).length === 0) rmSync(folder, { recursive: true });
}

exports.icons = icons;
exports.assets = series(icons, parallel(shipIcons, examples, exampleTables), prune);
