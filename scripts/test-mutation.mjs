// npm run test:mutation: changes one small thing of providers/ and pipeline/ at a time and looks whether a test notices.
// Prints the score of each room and what no test has noticed; the report to look at is in .local/mutation.
import { main } from './lib/main.mjs';
import { readOptions, USAGE } from './lib/mutation/options.mjs';
import { projectEnvironment } from './lib/environment.mjs';
import { inRoot, projectNode, root } from './lib/paths.mjs';
import { runVisibly } from './lib/processes.mjs';
import { say } from './lib/say.mjs';
import { setUpProject } from './lib/setup.mjs';

await main(async () => {
	const given = process.argv.slice(2);
	if (readOptions(given).help) return say(USAGE);
	await setUpProject();
	// Stryker doesn't run on every Node that the set-up runs on.
	return await runVisibly(
		projectNode,
		[inRoot('scripts', 'lib', 'mutation', 'run.mjs'), ...given],
		{
			cwd: root,
			env: projectEnvironment(),
		},
	);
});
