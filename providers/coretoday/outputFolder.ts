// The folder that Core.Today puts results into. Source: Core.Today's page about predictions.
import { badInput } from '../failure';

const MAX_CHARACTERS = 256;

/** What to send for the folder that a person entered. Throws a badInput failure for one that Core.Today refuses. */
export function readOutputFolder(text: string): string | undefined {
	const folder = text.trim();
	if (folder === '') return undefined;
	if (folder.length > MAX_CHARACTERS) {
		throw badInput(
			`The Output Folder has ${folder.length} characters, at most ${MAX_CHARACTERS} are taken.`,
			'Shorten it in the Options.',
		);
	}
	if (folder.includes('..')) {
		throw badInput(
			`The Output Folder "${folder}" has two dots in a row, which Core.Today refuses.`,
			'Name the folder from the top, such as campaigns/spring.',
		);
	}
	return folder;
}
