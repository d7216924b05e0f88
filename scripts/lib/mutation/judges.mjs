// Which test files judge a mutant: the unit tests that lie where its own file's tests lie, or in a folder above.
import { dirname } from 'node:path';

/** They read megabytes of everything, which takes as long as a hundred others. */
const TOO_SLOW = /\/(load|\w+Load)\.test\.ts$/;

const folderOf = (changedFile) => `test/unit/${dirname(changedFile)}`;

/** Whether a test file, such as test/unit/providers/evolink/tasks.test.ts, judges the mutants of a file. */
export function isJudgeOf(testFile, changedFile) {
	return (
		`${folderOf(changedFile)}/`.startsWith(`${dirname(testFile)}/`) && !TOO_SLOW.test(testFile)
	);
}

/** Those of the own folder first: they are the likeliest to notice. */
export function judgesOf(testFiles, changedFile) {
	const isOwn = (testFile) => dirname(testFile) === folderOf(changedFile);
	const judges = testFiles.filter((testFile) => isJudgeOf(testFile, changedFile));
	return [...judges.filter(isOwn), ...judges.filter((judge) => !isOwn(judge))];
}
