// Runs one cell: the node in n8n's engine, against a place on the server that misbehaves so.
import { setTimeout as sleep } from 'node:timers/promises';

import type { Engine, RunOptions } from '../engine/support';
import { SETTINGS, type Cell } from './cells';
import { faults } from './faults';
import { REFUSED } from './faults/connections';
import { HURRY } from './hurriedClock';
import { runInstead } from './instead';
import { judge, type Seen } from './judge';
import { operations } from './operations';
import { nodes } from './operations/nodes';
import {
	isOrder,
	itemsOf,
	ordersOf,
	parametersOf,
	TIME_LIMIT_SECONDS,
	type Operation,
} from './operations/operation';
import { protocols } from './protocols';
import type { Result } from './result';
import { seenIn } from './seen';
import type { FaultServer } from './server/server';
import { runSuspended, runTrigger } from './waiting';

/** Nothing listens on this port. */
const DEAD = 'http://127.0.0.1:1';
const TRIES = 2;
/** Without a Time Limit, a request is sent so often, and each may take so long. */
const REQUESTS = 5;
const REQUEST_SECONDS = 120;
/** For what no clock of ours hurries, on a busy machine. */
const SLACK_MS = 45_000;

export async function runCell(engine: Engine, server: FaultServer, cell: Cell): Promise<Result> {
	const fault = faults.find(({ id }) => id === cell.fault);
	const operation = operations.find(
		({ provider, id }) => provider === cell.provider && id === cell.operation,
	);
	if (!fault || !operation) throw new Error(`There is no cell ${cell.id}.`);
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
	for (const id of operation.earlier ?? []) stage.book.accept(id).told = true;
	const begun = Date.now();
	const stop = new AbortController();
	const dead = isDead && step !== 'download' ? DEAD : undefined;
	const { node, trigger, credentials } = nodes[cell.provider];
	const { continues, retries } = SETTINGS[cell.mode];
	const options: RunOptions = {
		node: node(),
		parameters: parametersOf(operation),
		items: itemsOf(operation),
		credentials: credentials(stage.base, stage.key, step, dead),
		onError: continues ? 'continueRegularOutput' : undefined,
		retryOnFail: retries ? { maxTries: TRIES } : undefined,
		signal: stop.signal,
	};
	const running = async () => {
		if (operation.instead) {
			return await runInstead(engine, options, operation.instead, trigger?.());
		}
		if (operation.calledBack === 'execution')
			return await runSuspended(engine, options, stage.book);
		if (operation.calledBack !== 'trigger') return await seenIn(await engine.run(options));
		return await runTrigger(engine, options, trigger!(), stage.book);
	};
	const seen = await Promise.race([
		running(),
		sleep(deadlineOf(operation), undefined, { ref: false }).then(() => HANGING),
	]);
	stop.abort();
	const { book, key, requests } = stage;
	const { makes: aim } = operation;
	const verdict = judge(seen, book.orders, {
		aim,
		orders: ordersOf(operation),
		key,
		keyStrayed: stage.keyStrayed(),
		met: isDead || stage.struck() > 0,
		isOrder: isOrder(operation),
		goesOn: continues,
		mayBeEmpty: operation.mayBeEmpty,
	});
	stage.close();
	return {
		...verdict,
		cell,
		message: seen.message,
		advice: seen.advice,
		hints: seen.hints,
		charged: book.orders.filter(({ charged }) => charged).length,
		orders: ordersOf(operation),
		accepted: book.orders.length,
		requests,
		struck: stage.struck(),
		milliseconds: Date.now() - begun,
	};
}

const HANGING: Seen = { ended: false, files: [], items: 0, hints: [], all: '' };

/** In our own milliseconds. */
function deadlineOf({ isLimited }: Operation): number {
	const seconds = isLimited ? TIME_LIMIT_SECONDS : REQUESTS * REQUEST_SECONDS;
	return (TRIES * 1.5 * seconds * 1000) / HURRY + SLACK_MS;
}
