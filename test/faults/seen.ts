// What came out of a run, for the judge.
import type { IDataObject } from 'n8n-workflow';

import type { EngineRun } from '../engine/support';
import type { Seen } from './judge';
import { PICTURE } from './server/picture';

export async function seenIn(run: EngineRun): Promise<Seen> {
	const { error } = run;
	const failed = run.items.map(({ json }) => json).find(({ error: each }) => each !== undefined);
	const told = error
		? { message: error.message, advice: String(error.description ?? '') }
		: failed && toldIn(failed);
	return {
		status: run.status,
		files: await filesOf(run),
		items: run.items.length,
		message: told?.message,
		advice: told?.advice,
		hints: run.hints.map(({ message }) => message),
		errorName: error?.name,
		mayBeCharged: failed?.mayBeCharged as boolean | undefined,
		all: textOf(run),
	};
}

function toldIn(json: IDataObject): Pick<Seen, 'message' | 'advice'> {
	return { message: String(json.error), advice: String(json.advice ?? '') };
}

async function filesOf(run: EngineRun): Promise<Seen['files']> {
	const files = run.items.flatMap((item) =>
		Object.keys(item.binary ?? {}).map((name) => ({ item, name })),
	);
	return await Promise.all(
		files.map(async ({ item, name }) =>
			(await run.binary(item, name)).equals(PICTURE) ? 'whole' : 'other',
		),
	);
}

/** Wherever a person, a log or a later node may read. */
function textOf(run: EngineRun): string {
	const { error } = run;
	return [
		JSON.stringify(error, Object.getOwnPropertyNames(error ?? {})),
		JSON.stringify(run.outputs),
		JSON.stringify(run.hints),
		String(error?.stack),
		error && 'cause' in error ? String((error.cause as Error | undefined)?.stack) : '',
	].join('\n');
}
