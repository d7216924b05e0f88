// Hands the cells to a few processes, each of which works on many at the same time: cells wait for most of their time.
import { fork, type ChildProcess } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';

import type { Cell } from './cells';
import type { Result } from './result';

const AT_ONCE = 32;

type Message =
	| { ready: true }
	| { result: Result }
	| { broken: Cell; why: string }
	| { ended: true; leaked?: string };

export interface Work {
	results: Result[];
	/** What isn't a cell's own: a key in the log, a harness that broke. */
	troubles: string[];
}

export async function runCells(
	cells: readonly Cell[],
	onResult: (result: Result) => void,
	atOnce = AT_ONCE,
): Promise<Work> {
	const left = [...cells];
	const work: Work = { results: [], troubles: [] };
	const count = Math.min(availableParallelism(), Math.ceil(cells.length / atOnce));
	await Promise.all(
		Array.from({ length: count }, async () => await employ(left, work, { onResult, atOnce })),
	);
	return work;
}

async function employ(
	left: Cell[],
	work: Work,
	{ onResult, atOnce }: { onResult(result: Result): void; atOnce: number },
): Promise<void> {
	const worker = fork(join(__dirname, 'worker.ts'), { execArgv: ['--import', 'tsx'] });
	let underWay = 0;
	const goOn = () => {
		while (underWay < atOnce && left.length > 0) {
			underWay += 1;
			worker.send({ cell: left.shift() });
		}
		if (underWay === 0) worker.send({ end: true });
	};
	worker.on('message', (message: Message) => {
		if ('ended' in message) {
			if (message.leaked) work.troubles.push(`A key stands in n8n's log: ${message.leaked}`);
			return;
		}
		if ('ready' in message) return goOn();
		underWay -= 1;
		if ('broken' in message) work.troubles.push(`${message.broken.id}: ${message.why}`);
		else {
			work.results.push(message.result);
			onResult(message.result);
		}
		goOn();
	});
	await ended(worker);
}

async function ended(worker: ChildProcess): Promise<void> {
	const [code] = await new Promise<[number | null]>((resolve) => {
		worker.once('exit', (exitCode) => resolve([exitCode]));
	});
	if (code !== 0) throw new Error(`A process of the fault matrix ended with ${code}.`);
}
