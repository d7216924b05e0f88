// The package gate: n8n's own scan on the sources and on the packed tarball, and what n8n needs of the tarball.
import { execFileSync } from 'node:child_process';
import {
	existsSync,
	globSync,
	mkdirSync,
	mkdtempSync,
	readFileSync,
	rmSync,
	symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, matchesGlob, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const project = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const isWindows = process.platform === 'win32';

const REQUIRED_FILES = ['package.json', 'README.md', 'LICENSE'];
const ALLOWED_FILES = [
	...REQUIRED_FILES,
	'CHANGELOG.md',
	'dist/{credentials,nodes,pipeline,providers}/**/*.js',
	'dist/{credentials,nodes}/**/*.{png,svg}',
	'dist/nodes/**/*.node.json',
	'dist/nodes/**/__schema__/**/*.json',
	'dist/examples/*.json',
];
const TEST_FILES = '**/*.{test,spec}.js';

/** What n8n 2.41 has on its module path for a community package. */
const RUNTIME_MODULES = ['n8n-workflow', 'zod', 'p-limit', 'lodash', 'luxon', 'crypto'];
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

const violations = [];
const report = (message) => console.log(`  ${message}`);
const violation = (message) => violations.push(message);
const filesIn = (folder, patterns) =>
	globSync(patterns, { cwd: folder, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
		.map((path) => path.replaceAll('\\', '/'));

function run(command, options, cwd = project) {
	return execFileSync(command, options, { cwd, encoding: 'utf8', shell: isWindows });
}

function pack(scratch) {
	const options = ['pack', '--json', '--ignore-scripts', '--pack-destination', scratch];
	const [{ filename }] = JSON.parse(run('npm', options));
	run('tar', ['-xzf', filename], scratch);
	// The unpacked nodes find n8n-workflow and its like one folder up, as they do inside n8n.
	symlinkSync(join(project, 'node_modules'), join(scratch, 'node_modules'), 'junction');
	return join(scratch, 'package');
}

async function lintWithN8nRules(label, folder, patterns, scanner) {
	const files = filesIn(folder, patterns);
	report(`n8n's rules, inline disables ignored: ${files.length} files of ${label}`);
	if (files.length === 0) return violation(`n8n's rules: no files found in ${label}`);
	const result = await scanner.analyzePackage(folder, patterns);
	if (!result.passed) violation(`n8n's rules on ${label}: ${result.details ?? result.message}`);
}

function checkContents(files) {
	for (const file of files) {
		const allowed = ALLOWED_FILES.some((pattern) => matchesGlob(file, pattern));
		if (!allowed || matchesGlob(file, TEST_FILES)) violation(`${file} has no place in the tarball`);
	}
	for (const file of REQUIRED_FILES) {
		if (!files.includes(file)) violation(`${file} is missing from the tarball`);
	}
	report(`Contents: ${files.length} files against the list of what n8n loads or a person reads`);
}

function checkManifest(manifest) {
	for (const field of DEPENDENCY_FIELDS) {
		if (manifest[field]) violation(`package.json may not have ${field}`);
	}
	for (const script of Object.keys(manifest.scripts ?? {})) {
		if (LIFECYCLE_SCRIPTS.test(script)) violation(`package.json may not have a ${script} script`);
	}
	if (JSON.stringify(manifest.peerDependencies) !== '{"n8n-workflow":"*"}') {
		violation('package.json: peerDependencies must be exactly {"n8n-workflow":"*"}');
	}
	report('package.json: its dependencies, overrides, peer dependencies and lifecycle scripts');
}

/** Every module that a file asks for is in the tarball or comes with n8n. */
function checkRequires(folder, files) {
	let count = 0;
	for (const file of files.filter((path) => path.endsWith('.js'))) {
		const text = readFileSync(join(folder, file), 'utf8');
		for (const { fileName: name } of ts.preProcessFile(text, true, true).importedFiles) {
			count += 1;
			if (/^\.{1,2}(\/|$)/.test(name)) {
				const target = join(dirname(file), name).replaceAll('\\', '/');
				const candidates = [target, `${target}.js`, `${target}/index.js`];
				if (!candidates.some((path) => files.includes(path))) {
					violation(`${file} requires ${name}, which is not in the tarball`);
				}
			} else if (!RUNTIME_MODULES.includes(name.split('/')[0])) {
				violation(`${file} requires ${name}, which n8n doesn't provide`);
			}
		}
		if (/\brequire\s*\(\s*[^'"\s]/.test(text)) violation(`${file} computes what it requires`);
	}
	report(`Modules: ${count} requires, against what is in the tarball and what n8n provides`);
}

function iconFiles({ icon }) {
	if (!icon) return [];
	return typeof icon === 'string' ? [icon] : [icon.light, icon.dark];
}

/** Every version of a node's description; a credential describes itself. */
function descriptionsOf(instance) {
	const versions = Object.values(instance.nodeVersions ?? {}).map((node) => node.description);
	return [instance.description ?? instance, ...versions];
}

/** Loads a class as n8n does: the file's name up to its first dot is the name of the export. */
function checkLoads(folder, file, files) {
	if (!files.includes(file)) return violation(`${file}, listed in package.json, is missing`);
	const className = file.split('/').pop().split('.')[0];
	const Loaded = createRequire(join(folder, 'package.json'))(`./${file}`)[className];
	if (!Loaded) return violation(`${file} doesn't export ${className}`);
	const icons = new Set(descriptionsOf(new Loaded()).flatMap(iconFiles));
	if (icons.size === 0) violation(`${file} names no icon`);
	for (const icon of icons) {
		const path = join(dirname(file), icon.replace(/^file:/, '')).replaceAll('\\', '/');
		if (!files.includes(path)) violation(`${file} names the icon ${icon}, which is missing`);
	}
}

function checkRegistered(folder, files, { nodes = [], credentials = [] }) {
	const listed = [...nodes, ...credentials];
	for (const file of listed) checkLoads(folder, file, files);
	for (const file of files.filter((path) => /\.(node|credentials)\.js$/.test(path))) {
		if (!listed.includes(file)) violation(`${file} is not listed in package.json`);
	}
	report(
		`Loading: ${nodes.length} node and ${credentials.length} credential files, with their icons`,
	);
}

async function scan(scratch) {
	// The scanner makes a temporary folder when it is loaded, and leaves it: so it gets one that goes.
	const scannerFolder = join(scratch, 'scanner');
	mkdirSync(scannerFolder);
	Object.assign(process.env, { TMPDIR: scannerFolder, TEMP: scannerFolder, TMP: scannerFolder });
	const scanner = await import('@n8n/scan-community-package/scanner/scanner.mjs');

	console.log('Sources');
	const inner = ['{pipeline,providers}/**/*.ts'];
	const sources = [...scanner.SOURCE_FILE_PATTERNS, ...inner];
	await lintWithN8nRules('the sources', project, sources, scanner);

	const folder = pack(scratch);
	const files = filesIn(folder, ['**/*', '**/.*']);
	const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
	console.log(`Tarball of ${manifest.name} ${manifest.version}`);
	await lintWithN8nRules('the tarball', folder, ['**/*.js', 'package.json'], scanner);
	checkContents(files);
	checkManifest(manifest);
	checkRequires(folder, files);
	checkRegistered(folder, files, manifest.n8n);
}

if (!existsSync(join(project, 'dist'))) run('npm', ['run', 'build']);
const scratch = mkdtempSync(join(tmpdir(), 'imagegen-scan-'));
try {
	await scan(scratch);
} finally {
	rmSync(scratch, { recursive: true, force: true });
}
for (const message of violations) console.error(`✗ ${message}`);
console.log(violations.length === 0 ? 'No violations.' : `Violations: ${violations.length}`);
process.exitCode = violations.length === 0 ? 0 : 1;
