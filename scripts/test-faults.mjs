// npm run test:faults: every fault at every operation of every provider. Arguments go through, for example: -- --quick
import { projectEnvironment } from './lib/environment.mjs';
import { main } from './lib/main.mjs';
import { inRoot, projectNode, root } from './lib/paths.mjs';
import { runVisibly } from './lib/processes.mjs';
import { setUpProject } from './lib/setup.mjs';

await main(async () => {
	await setUpProject();
	const program = inRoot('test', 'faults', 'main.ts');
	return await runVisibly(projectNode, ['--import', 'tsx', program, ...process.argv.slice(2)], {
		cwd: root,
		env: projectEnvironment(),
	});
});
