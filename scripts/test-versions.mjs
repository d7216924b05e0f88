// npm run test:versions: the packed package in every version of n8n that the README names, with images in memory and in
// files. Further arguments choose versions, for example: npm run test:versions -- 2.8
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { basename } from 'node:path';

import { packedPackage } from './lib/build.mjs';
import { main } from './lib/main.mjs';
import { setUpN8n } from './lib/n8n-app.mjs';
import { n8nVersions, useN8n } from './lib/n8n-versions.mjs';
import { inLocal, inRoot } from './lib/paths.mjs';
import { ClearError, say, step } from './lib/say.mjs';
import { setUpProject } from './lib/setup.mjs';
import { testInN8n } from './lib/test-in-n8n.mjs';
import { textTable } from './lib/text-table.mjs';

/** Which of n8n's own ways to keep files there are everywhere without a service beside it. */
const BINARY_DATA_MODES = ['default', 'filesystem'];

/** What is tried: the examples of each provider, and what n8n does with them. The rest is about the editor and the stories. */
const isTried = (file) => /^(package|suspend|retry|.+-workflows)\.test\.ts$/.test(file);
const testFiles = readdirSync(inRoot('test', 'n8n')).filter(isTried).sort();
const titleOf = (file) => file.replace(/(-workflows)?\.test\.ts$/, '');

const resultsFile = inLocal('n8n-versions-results.json');

function chosenVersions(names) {
	const known = n8nVersions.map(({ version }) => version);
	const unknown = names.find((name) => !known.includes(name));
	if (unknown) throw new ClearError(`There is no ${unknown} here, only ${known.join(', ')}.`);
	return n8nVersions.filter(({ version }) => names.length === 0 || names.includes(version));
}

/** How many tests of a file have passed, such as "4 of 5". */
function passedIn(results, file) {
	const found = results?.testResults.find(({ name }) => basename(name) === file);
	if (!found || found.assertionResults.length === 0) return 'did not run';
	const passed = found.assertionResults.filter(({ status }) => status === 'passed').length;
	return `${passed} of ${found.assertionResults.length}`;
}

const readResults = () =>
	existsSync(resultsFile) ? JSON.parse(readFileSync(resultsFile, 'utf8')) : undefined;

/** An n8n that can't be installed or doesn't start is a result, too, and the others are still tried. */
async function tried(n8n, mode, tarball) {
	rmSync(resultsFile, { force: true });
	try {
		useN8n(n8n);
		await setUpN8n();
		const { code, logFile } = await testInN8n({
			tarball,
			name: `n8n-test-${n8n.version}-${mode}`,
			environment: { N8N_DEFAULT_BINARY_DATA_MODE: mode },
			jestArguments: [
				...testFiles.map((file) => `test/n8n/${file}`),
				'--json',
				`--outputFile=${resultsFile}`,
			],
		});
		if (code !== 0) say(`\nWhat n8n itself printed is in ${logFile}`);
		return { code, results: readResults() };
	} catch (error) {
		if (!(error instanceof ClearError)) throw error;
		say(error.message);
		return { code: 1 };
	}
}

await main(async () => {
	const versions = chosenVersions(process.argv.slice(2));
	await setUpProject();
	const tarball = await packedPackage();
	const lines = [];
	let worst = 0;
	for (const n8n of versions) {
		for (const mode of BINARY_DATA_MODES) {
			step(`n8n ${n8n.version} on Node ${n8n.node}, binary data: ${mode}`);
			const { code, results } = await tried(n8n, mode, tarball);
			worst = Math.max(worst, code);
			const passed = testFiles.map((file) => passedIn(results, file));
			lines.push([n8n.version, n8n.node, mode, ...passed]);
		}
	}
	say(`\n${textTable([['n8n', 'Node', 'Binary data', ...testFiles.map(titleOf)], ...lines])}`);
	return worst;
});
