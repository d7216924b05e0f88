// What came out of a run, for the judge.
import type { ExecutionError } from 'n8n-workflow';

import type { EngineRun } from '../engine/support';
import type { Seen } from './judge';
import { PICTURE } from './server/picture';
import { SAID } from './server/words';

export async function seenIn(run: EngineRun): Promise<Seen> {
	const { error, items, hints } = run;
	const failed = items.map(({ json }) => json).find((json) => json.error !== undefined);
	return {
		ended: true,
		files: await filesOf(run),
		hasWords: JSON.stringify(items).includes(SAID),
		items: items.length,
		...(failed && { message: String(failed.error), advice: String(failed.advice ?? '') }),
		...(error && { message: error.message, advice: String(error.description ?? '') }),
		hints: hints.map(({ message }) => message),
		errorName: error?.name,
		mayBeCharged: failed?.mayBeCharged as boolean | undefined,
		all: textOf(run),
	};
}

/** What n8n shows of an error where no workflow runs. */
export function seenInError(error: ExecutionError): Seen {
	const { message, description, name } = error;
	const all = textOf({ error, outputs: [], hints: [], notes: [] });
	const told = { message, advice: String(description ?? ''), errorName: name };
	return { ended: true, files: [], items: 0, hints: [], all, ...told };
}

/** What a list or a form shows. */
export function seenInList(list: unknown, entries: number): Seen {
	return { ended: true, files: [], items: entries, hints: [], all: JSON.stringify(list) };
}

/** Each file of the items, and whether it is the server's picture. */
export async function filesOf(run: Pick<EngineRun, 'items' | 'binary'>): Promise<Seen['files']> {
	const named = run.items.flatMap((item) =>
		Object.keys(item.binary ?? {}).map((name) => [item, name] as const),
	);
	const files = await Promise.all(named.map(async ([item, name]) => await run.binary(item, name)));
	return files.map((file) => (file.equals(PICTURE) ? 'whole' : 'other'));
}

/** Wherever a person or a later node may read. */
function textOf({
	error,
	outputs,
	hints,
	notes,
}: Pick<EngineRun, 'error' | 'outputs' | 'hints' | 'notes'>): string {
	const cause = error && 'cause' in error ? (error.cause as Error | undefined) : undefined;
	return [
		JSON.stringify(error, Object.getOwnPropertyNames(error ?? {})),
		JSON.stringify([outputs, hints, notes]),
		error?.stack,
		cause?.stack,
	].join('\n');
}
