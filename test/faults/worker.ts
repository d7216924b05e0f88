// One process of a run: n8n's engine, a server that misbehaves, and as many cells at the same time as it is handed.
import { startEngine } from '../engine/support';
import { cellOf, type Cell } from './cells';
import { hurry } from './hurriedClock';
import { nodes } from './operations/nodes';
import { runCell } from './runCell';
import { startFaultServer } from './server/server';

/** A key in n8n's log, whoever's it is. */
const KEY = /key-\d+-[0-9a-f]{24}/;

const WARMING = cellOf({
	provider: 'evolink',
	operation: 'generate',
	fault: 'early-hints',
	spell: 'once',
	mode: 'stop',
});

async function work(): Promise<void> {
	const credentialTypes = Object.values(nodes).map(({ credentialType }) => credentialType);
	const engine = await startEngine({ credentialTypes });
	const server = await startFaultServer();
	process.on('message', (message: { cell?: Cell; end?: true }) => {
		const { cell } = message;
		if (cell) {
			runCell(engine, server, cell).then(
				(result) => process.send!({ result }),
				(error: Error) => process.send!({ broken: cell, why: String(error.stack) }),
			);
			return;
		}
		void end();
	});
	async function end(): Promise<void> {
		const leaked = KEY.exec(await engine.log())?.[0];
		await Promise.all([engine.close(), server.close()]);
		process.send!({ ended: true, leaked }, () => process.exit(0));
	}
	// What n8n loads with its first run takes seconds, which would be a minute of the pipeline's time.
	await runCell(engine, server, WARMING);
	hurry();
	process.send!({ ready: true });
}

// Nobody waits for the results any more.
process.on('disconnect', () => process.exit(1));

void work();
