// Orders whose end the provider tells by a callback: to a trigger, or to the execution that was put aside for it.
import { setTimeout as sleep } from 'node:timers/promises';

import type { ExecutionError, INodePropertyOptions, INodeType } from 'n8n-workflow';

import { realClock } from '../../pipeline/clock';
import { until, type Engine, type EngineTrigger, type RunOptions } from '../engine/support';
import type { Seen } from './judge';
import { filesOf, seenIn, seenInError } from './seen';
import type { Book } from './server/book';
import { deliver } from './server/deliver';

/** So long an execution may take to go on when its callbacks were delivered. */
const GOES_ON_MS = 15_000;
const nowSeconds = () => Math.floor(realClock.now() / 1000);

async function deliverAll({ callbacks }: Book): Promise<boolean> {
	const all = await Promise.all(callbacks.map(async (each) => await deliver(each, nowSeconds)));
	return all.some((statuses) => (statuses.at(-1) ?? 500) < 300);
}

/** Pause Until the Images Are Ready: callbacks wake the execution, and if none does, the end of its time. */
export async function runSuspended(engine: Engine, options: RunOptions, book: Book): Promise<Seen> {
	const run = await engine.run({ ...options, suspendable: true });
	if (run.status !== 'waiting') return await seenIn(run);
	await deliverAll(book);
	const soon = await Promise.race([run.resumed(), sleep(GOES_ON_MS, undefined, { ref: false })]);
	const ended = soon ?? (await run.passTimeLimit());
	const items = ended.passedOn.length > 0 ? ended.passedOn : ended.items;
	return await seenIn({ ...ended, items, outputs: [items] });
}

/** The node's trigger, that is to be told of everything. */
export async function listeningAt(
	engine: Engine,
	node: INodeType,
	credentials: RunOptions['credentials'],
): Promise<EngineTrigger> {
	const events = node.description.properties.find(({ name }) => name === 'events');
	const all = (events?.options ?? []) as INodePropertyOptions[];
	const parameters = { events: all.map(({ value }) => value) };
	return await engine.trigger({ node, parameters, credentials });
}

/** Don't Wait, and a trigger that receives. What it was asked is told to whoever ordered, too. */
export async function runTrigger(
	engine: Engine,
	options: RunOptions,
	trigger: INodeType,
	book: Book,
): Promise<Seen> {
	const { credentials } = options;
	const listening = await listeningAt(engine, trigger, credentials);
	const refused = await listening.activate().catch((error: ExecutionError) => error);
	if (refused) return seenInError(refused);
	const parameters = { ...options.parameters, completion: 'return', callbackUrl: listening.url };
	const ordered = await engine.run({ ...options, parameters });
	const seen = await seenIn(ordered);
	if (seen.message !== undefined) return seen;
	const isTaken = await deliverAll(book);
	const begun = isTaken ? await until(() => listening.started[0]).catch(() => undefined) : [];
	await listening.deactivate();
	// Nobody delivers again what was taken: then something must have started.
	const items = isTaken ? (begun ?? []) : ordered.items;
	const all = [seen.all, JSON.stringify(listening.started)].join('\n');
	const troubles = items.filter(({ json }) => json.downloadError ?? json.fetchError);
	const told = troubles.map(({ json }) => String(json.downloadError ?? json.fetchError));
	const hints = [...told, ...listening.hints];
	const [trouble] = troubles;
	const advice = trouble && String(trouble.json.advice ?? '');
	const files = await filesOf({ items, binary: ordered.binary });
	const started = listening.started.length;
	return { ...seen, files, items: items.length, hints, advice, all, started };
}
