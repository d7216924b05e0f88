// What can go wrong with one request, and how a server does it.
import type { Provider, Step } from '../cells';
import type { Answer } from '../server/answer';
import type { Reply } from '../server/reply';

/** A request that the fault is done to. */
export interface Struck {
	reply: Reply;
	/** What an honest server would say, where the work was done. */
	honest?: Answer;
	/** The key that the request bore. */
	key: string;
	/** Its own address. */
	url: string;
	/** An address on another origin, where the server looks for keys. */
	foreign: string;
}

export interface Fault {
	id: string;
	/** In a few words. */
	title: string;
	/** Where it can happen. */
	on: readonly Step[];
	/** Of these providers only. */
	of?: readonly Provider[];
	/** At these of their operations only, by their IDs up to the dot. */
	at?: readonly string[];
	/** Whether the server does what it was asked for all the same. */
	work: 'done' | 'undone';
	/** Whether whoever asked can read the ID of what was begun. */
	tells?: boolean;
	/** Where the provider takes nothing for what has ended so. */
	freeAt?: readonly Provider[];
	/** Whether it is the same each time, so that one time says nothing more. */
	lasts?: boolean;
	answer(struck: Struck): void | Promise<void>;
}

/** A fault that changes the honest answer and sends the changed one whole. */
export function changed(
	fault: Omit<Fault, 'work' | 'answer'> & { to(honest: Answer, struck: Struck): Answer },
): Fault {
	return {
		...fault,
		work: 'done',
		answer: (struck) => struck.reply.whole(fault.to(struck.honest!, struck)),
	};
}

/** Steps that are answered with JSON. */
export const TOLD: readonly Step[] = [
	'create',
	'poll',
	'result',
	'upload',
	'cancel',
	'list',
	'price',
	'balance',
	'publish',
	'look',
	'unpublish',
	'keys',
];
export const EVERYWHERE: readonly Step[] = [...TOLD, 'store', 'download', 'lines', 'input'];
/** Steps at which it matters whether the work was done before the answer was lost. */
export const WORKING: readonly Step[] = [
	'create',
	'upload',
	'store',
	'cancel',
	'publish',
	'unpublish',
];
