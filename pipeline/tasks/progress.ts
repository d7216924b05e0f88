// Says how far a run has come while it goes on: to whoever has started it by hand, as n8n has nothing for others. Its editor
// writes this into the browser's console, and lets a node say nothing else before its end.
import type { IExecuteFunctions } from 'n8n-workflow';

/** Counts what is done of a known number of things. What they are called stands in the sentence, such as "items". */
export interface Progress {
	/** To be called at the end of each. */
	oneMore(hasFailed?: boolean): void;
}

export function progressOf(
	context: IExecuteFunctions,
	total: number,
	things: string,
	alreadyDone = 0,
): Progress {
	let done = alreadyDone;
	let failed = 0;
	return {
		oneMore: (hasFailed = false) => {
			done += 1;
			if (hasFailed) failed += 1;
			// Of one alone, its end is seen anyway.
			if (total < 2) return;
			const failures = failed === 0 ? '' : `, ${failed} of them failed`;
			say(context, `${done} of ${total} ${things} are done${failures}.`);
		},
	};
}

/** An agent's tool, for one, has nobody to speak to. */
function say(context: Partial<IExecuteFunctions>, message: string): void {
	context.sendMessageToUI?.(message);
}
