// npm run scan: n8n's own scan on the sources and on the packed tarball, and what n8n needs of the tarball.
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { main } from './lib/main.mjs';
import { npmScriptQuietly } from './lib/npm.mjs';
import { inRoot } from './lib/paths.mjs';
import { say } from './lib/say.mjs';
import { contentProblems } from './lib/scan/contents.mjs';
import { loadingProblems } from './lib/scan/loading.mjs';
import { manifestProblems } from './lib/scan/manifest.mjs';
import { moduleProblems } from './lib/scan/modules.mjs';
import { n8nRules } from './lib/scan/n8n-rules.mjs';
import { unpackedTarball } from './lib/scan/tarball.mjs';

async function findProblems(scratch) {
	const rules = await n8nRules(scratch);
	say('Sources');
	const ofSources = await rules.sources();

	const tarball = await unpackedTarball(scratch);
	say(`Tarball of ${tarball.manifest.name} ${tarball.manifest.version}`);
	return [
		...ofSources,
		...(await rules.tarball(tarball.folder)),
		...contentProblems(tarball),
		...manifestProblems(tarball),
		...moduleProblems(tarball),
		...loadingProblems(tarball),
	];
}

await main(async () => {
	if (!existsSync(inRoot('dist')))
		await npmScriptQuietly('build', { title: 'Building the package' });
	const scratch = mkdtempSync(join(tmpdir(), 'imagegen-scan-'));
	process.on('exit', () => rmSync(scratch, { recursive: true, force: true }));
	const problems = await findProblems(scratch);
	for (const problem of problems) process.stderr.write(`✗ ${problem}\n`);
	say(problems.length === 0 ? 'No violations.' : `Violations: ${problems.length}`);
	return problems.length === 0 ? 0 : 1;
});
