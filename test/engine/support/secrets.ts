// What a run leaves behind, wherever a secret could stand in it.
import type { Engine, EngineRun } from './types';

/** The mark that stands in a secret's place. */
export const HIDDEN = '•••';

/** Which of the secrets stands where; empty when all of them are hidden. */
export async function leaksOf(
	engine: Engine,
	run: EngineRun,
	secrets: readonly string[],
): Promise<string[]> {
	const { error } = run;
	const places: Record<string, string> = {
		message: String(error?.message),
		description: String(error?.description),
		stack: String(error?.stack),
		cause: String(error && 'cause' in error ? (error.cause as Error)?.stack : ''),
		error: JSON.stringify(error, Object.getOwnPropertyNames(error ?? {})) ?? '',
		items: JSON.stringify(run.outputs),
		hints: JSON.stringify(run.hints),
		'saved execution': JSON.stringify(run.raw),
		log: await engine.log(),
	};
	return Object.entries(places).flatMap(([place, text]) =>
		secrets.filter((secret) => text.includes(secret)).map((secret) => `${secret} in ${place}`),
	);
}
