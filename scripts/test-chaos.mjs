// npm run test:chaos: many images, a fifth of all requests faulty, n8n killed at random points. `-- --quick` is short,
// `-- --seed WORD` repeats a run.
import { projectEnvironment } from './lib/environment.mjs';
import { main } from './lib/main.mjs';
import { inRoot, projectNode, root } from './lib/paths.mjs';
import { runVisibly } from './lib/processes.mjs';
import { setUpProject } from './lib/setup.mjs';

await main(async () => {
	await setUpProject();
	const program = inRoot('test', 'chaos', 'main.mjs');
	return await runVisibly(projectNode, [program, ...process.argv.slice(2)], {
		cwd: root,
		env: projectEnvironment(),
	});
});
