// Runs one cell: the node in n8n's engine, against a place on the server that misbehaves so.
import { setTimeout as sleep } from 'node:timers/promises';

import type { Engine } from '../engine/support';
import type { Cell } from './cells';
import { faults } from './faults';
import { REFUSED } from './faults/connections';
import { HURRY } from './hurriedClock';
import { judge, type Seen, type Verdict } from './judge';
import { operations } from './operations';
import { nodes } from './operations/nodes';
import { itemsOf, parametersOf, TIME_LIMIT_SECONDS, type Operation } from './operations/operation';
import { protocols } from './protocols';
import { seenIn } from './seen';
import type { FaultServer } from './server/server';

/** Nothing listens on this port. */
const DEAD = 'http://127.0.0.1:1';
const TRIES = 2;
/** Without a Time Limit, a request is sent so often, and each may take so long. */
const REQUESTS = 5;
const REQUEST_SECONDS = 120;
/** For what no clock of ours hurries, on a busy machine. */
const SLACK_MS = 45_000;

export interface Result extends Verdict {
	cell: Cell;
	message?: string;
	advice?: string;
	charged: number;
	accepted: number;
	requests: Record<string, number>;
	struck: number;
	milliseconds: number;
}

export async function runCell(engine: Engine, server: FaultServer, cell: Cell): Promise<Result> {
	const fault = faults.find(({ id }) => id === cell.fault);
	const operation = operations.find(
		({ provider, id }) => provider === cell.provider && id === cell.operation,
	);
	if (!fault || !operation) throw new Error(`There is no cell ${cell.id}.`);
	const { node, credentials } = nodes[cell.provider];
	const { step, protocol = protocols[cell.provider], spell } = { ...operation, ...cell };
	const isDead = fault.id === REFUSED;
	const stage = server.open({
		provider: cell.provider,
		protocol,
		fault,
		step,
		spell,
		pictures: isDead && step === 'download' ? DEAD : undefined,
	});
	if (operation.earlier) stage.book.accept(operation.earlier).told = true;
	const begun = Date.now();
	const stop = new AbortController();
	const dead = isDead && step !== 'download' ? DEAD : undefined;
	const running = engine.run({
		node: node(),
		parameters: parametersOf(operation),
		items: itemsOf(operation),
		credentials: credentials(stage.base, stage.key, step, dead),
		onError: cell.mode === 'continue' ? 'continueRegularOutput' : undefined,
		retryOnFail: cell.mode === 'retry' ? { maxTries: TRIES } : undefined,
		signal: stop.signal,
	});
	const seen = await Promise.race([
		running.then(seenIn),
		sleep(deadlineOf(operation), undefined, { ref: false }).then(() => HANGING),
	]);
	stop.abort();
	const { book, key, requests } = stage;
	const { makes } = operation;
	const verdict = judge(seen, book.orders, { makes, key, keyStrayed: stage.keyStrayed() });
	stage.close();
	return {
		...verdict,
		cell,
		message: seen.message,
		advice: seen.advice,
		charged: book.orders.filter(({ charged }) => charged).length,
		accepted: book.orders.length,
		requests,
		struck: stage.struck(),
		milliseconds: Date.now() - begun,
	};
}

const HANGING: Seen = { files: [], items: 0, hints: [], all: '' };

/** In our own milliseconds. */
function deadlineOf({ isLimited }: Operation): number {
	const seconds = isLimited ? TIME_LIMIT_SECONDS : REQUESTS * REQUEST_SECONDS;
	return (TRIES * 1.5 * seconds * 1000) / HURRY + SLACK_MS;
}
