// Which test files judge a mutant, and in which order.
import { dirname } from 'node:path';

/** Those of the nodes, documents, sandbox and scripts have other things to judge, and some read our sources as text. */
const JUDGES = ['test/unit/pipeline/', 'test/unit/providers/'];

/** They read megabytes of everything, which takes as long as a hundred others. */
const TOO_SLOW = /\/(load|\w+Load|megabytes)\.test\.ts$/;

/**
 * How many files of other folders judge a mutant. Nearly every file loads nearly all of our modules, and a mutant that the
 * ones that come past it most don't notice is seldom noticed by the others.
 */
const JUDGES_FROM_ELSEWHERE = 8;

/** Whether a test file has a say. */
export const isJudge = (name) =>
	JUDGES.some((folder) => name.startsWith(folder)) && !TOO_SLOW.test(name);

/**
 * The files of the changed file's own folder first: they are the likeliest to notice. Then, of the others, those that
 * come past the mutant most often.
 * @param {string[]} names the files that come past the mutant
 * @param {string} changedFile such as providers/evolink/index.ts
 * @param {(name: string) => number} hits how often a file comes past it
 */
export function judgesOf(names, changedFile, hits) {
	const ownFolder = `test/unit/${dirname(changedFile)}`;
	const byHits = (one, other) => hits(other) - hits(one);
	const own = names.filter((name) => dirname(name) === ownFolder);
	const others = names.filter((name) => dirname(name) !== ownFolder);
	return [...own.sort(byHits), ...others.sort(byHits).slice(0, JUDGES_FROM_ELSEWHERE)];
}
