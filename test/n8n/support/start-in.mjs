// Does what npm start does after its installations, with its data in a folder of its own, until it is told to end.
import { main } from '../../../scripts/lib/main.mjs';
import { say } from '../../../scripts/lib/say.mjs';
import { start } from '../../../scripts/lib/start.mjs';

const [folder, n8n, sandbox] = process.argv.slice(2);

await main(async ({ serving }) => {
	const started = await start({ folder, ports: { n8n, sandbox } });
	if (!started) return 0;
	say(`\nEverything is started, failures: ${started.failures}`);
	return await serving();
});
