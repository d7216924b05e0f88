// What n8n asks of a node where it runs no workflow: to fill a list, or to get a trigger ready and take it back.
import type { ExecutionError, INodeType } from 'n8n-workflow';

import type { Engine, RunOptions } from '../engine/support';
import type { Seen } from './judge';
import type { Instead } from './operations/operation';
import { seenInError, seenInList } from './seen';
import { listeningAt } from './waiting';

/** `trigger` is the node's, where it has one. */
export async function runInstead(
	engine: Engine,
	options: RunOptions,
	instead: Instead,
	trigger?: INodeType,
): Promise<Seen> {
	const work = async () =>
		'moment' in instead
			? await live(engine, options, instead.moment, trigger!)
			: await fill(engine, options, instead);
	return await work().catch((error: ExecutionError) => seenInError(error));
}

async function live(
	engine: Engine,
	{ credentials }: RunOptions,
	moment: string,
	trigger: INodeType,
): Promise<Seen> {
	const listening = await listeningAt(engine, trigger, credentials);
	await listening.activate();
	if (moment === 'publishAgain') await listening.activate();
	if (moment === 'unpublish') await listening.deactivate();
	return seenInList(listening.staticData, 1);
}

async function fill(
	engine: Engine,
	{ node, parameters, credentials }: RunOptions,
	{ method, kind }: Extract<Instead, { method: string }>,
): Promise<Seen> {
	const asked = { node, parameters, credentials, method };
	if (kind === 'listSearch') {
		const list = await engine.listSearch(asked);
		return seenInList(list, list.results.length);
	}
	if (kind === 'loadOptions') {
		const list = await engine.loadOptions(asked);
		return seenInList(list, list.length);
	}
	const form = await engine.mapResource(asked);
	// A form without a field says why.
	return seenInList(form, form.fields.length + (form.emptyFieldsNotice ? 1 : 0));
}
