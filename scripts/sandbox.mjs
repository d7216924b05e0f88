// npm run sandbox: the sandbox alone. Arguments go through, for example: npm run sandbox -- --port 8798
import { projectEnvironment } from './lib/environment.mjs';
import { main } from './lib/main.mjs';
import { projectNode, root } from './lib/paths.mjs';
import { runVisibly } from './lib/processes.mjs';
import { sandboxArguments } from './lib/sandbox-server.mjs';
import { setUpProject } from './lib/setup.mjs';

await main(async () => {
	await setUpProject();
	return await runVisibly(projectNode, sandboxArguments(process.argv.slice(2)), {
		cwd: root,
		env: projectEnvironment(),
	});
});
