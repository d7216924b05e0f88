// Collects what a person should know at the end, so that nothing small stands in the way of a start.
import { say } from './say.mjs';

export function createNotes() {
	const notes = [];
	let failures = 0;
	const addFailure = (what, error) => {
		failures++;
		notes.push(`${what}. ${error.message ?? error}`);
	};
	return {
		/** Something to know; undefined is none. */
		add: (note) => void (note && notes.push(note)),
		addFailure,

		/** Does something that may fail; then `what`, a sentence without its full stop, is noted with the reason. */
		async attempt(what, work) {
			try {
				return await work();
			} catch (error) {
				addFailure(what, error);
				return undefined;
			}
		},

		failures: () => failures,

		print() {
			if (notes.length === 0) return;
			say(notes.length === 1 ? '\nNote' : '\nNotes');
			for (const note of notes) say(`  • ${note.split('\n').join('\n    ')}`);
		},
	};
}
