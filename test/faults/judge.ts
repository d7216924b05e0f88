// Whether what came out of a cell keeps what is promised: pure, of what was seen and of what the server has in its book.
import type { Order } from './server/book';

/** What a person has of a cell in the end. */
export interface Seen {
	/** False where the run didn't end by its deadline. */
	ended: boolean;
	/** Each file that came out, and whether it is the server's picture, whole. */
	files: Array<'whole' | 'other'>;
	/** Whether the server's words came out. */
	hasWords?: boolean;
	items: number;
	/** The words of the error, or of the item in its place. */
	message?: string;
	advice?: string;
	hints: string[];
	/** The class of the error, where the run failed. */
	errorName?: string;
	/** As the item in the error's place has it. */
	mayBeCharged?: boolean;
	/** How many workflows a trigger has started. */
	started?: number;
	/** Everything that leaves the node, as text. */
	all: string;
}

/** What an operation is for. */
export type Aim = 'picture' | 'file' | 'task' | 'words' | 'facts';

export interface Promised {
	aim: Aim;
	/** How many orders are to be charged at most. */
	orders: number;
	key: string;
	/** Whether the key was seen at another host. */
	keyStrayed: boolean;
	/** Whether the run came as far as the fault. */
	met: boolean;
	/** Whether it is paid for: then an item in the error's place says whether it may have been charged. */
	isOrder?: boolean;
	/** Whether the workflow goes on after a failure: n8n then passes on what came in, and no word of what was thrown. */
	goesOn?: boolean;
	mayBeEmpty?: boolean;
}

export interface Verdict {
	outcome: Aim | 'otherFile' | 'otherWords' | 'refusal' | 'hang';
	/** Whether that is what the operation is for. */
	made: boolean;
	/** Whether it says that the order may have been charged. */
	warns: boolean;
	/** Whether the ID of each charged order stands in what came out. */
	keepsIds: boolean;
	/** Whether an order was charged of which nothing came out, not even a word. */
	isHidden: boolean;
	/** In words, what is broken. */
	violations: string[];
}

const RAW =
	/TypeError|ReferenceError|RangeError|SyntaxError|is not a function|is not iterable|Cannot read|Cannot destructure|\bundefined\b|\[object |AxiosError|Request failed with status code|socket hang up|\bat \S+ \(|\.[jt]s:\d+|\b(?:NaN|null)\b/;
const OWN_ERRORS: ReadonlySet<string> = new Set(['NodeApiError', 'NodeOperationError']);
const WARNING =
	/may (?:still )?(?:have been|be) charged|could be charged again|has charged|(?:is|are) charged all the same/i;
/** An answer is quoted behind these words: it is nobody's but the server's. */
const QUOTED = /Answer: [\s\S]*$/;
const SHORTEST_ADVICE = 10;

const NEVER_MET = 'the fault was never met, so that nothing is shown';

/** What a busy machine can do: who asks gives up in the moment in which the answer leaves. */
const OF_TIME: ReadonlySet<string> = new Set([
	'it did not end by its deadline',
	'an ID that was told is lost',
	NEVER_MET,
]);

/** Whether nothing is broken but what may come of a lack of time, so that a second look is fair. */
export function mayBeBusy({ violations }: Verdict): boolean {
	return violations.length > 0 && violations.every((what) => OF_TIME.has(what));
}

export function judge(seen: Seen, orders: readonly Order[], promised: Promised): Verdict {
	const { message, advice, files, hints, mayBeCharged, errorName, all } = seen;
	const { aim, key } = promised;
	const outcome = outcomeOf(seen, aim);
	const made = outcome === aim;
	const isRefusal = outcome === 'refusal';
	// A workflow that starts all the same, with what went wrong in the item.
	const isTrouble = seen.started !== undefined && advice !== undefined;
	const words = [message, advice, ...hints].filter(Boolean).join('\n');
	const charged = orders.filter((order) => order.charged);
	const isNamed = ({ id }: Order) => id !== '' && all.includes(id);
	const warns = mayBeCharged === true || WARNING.test(words);
	const keepsIds = charged.length > 0 && charged.every(isNamed);
	const told = charged.filter((order) => order.told && order.id !== '');
	// Of several items, the one in the error's place may be free, and another one's order stand beside it by its ID.
	const isOwnCharge = charged.length > 0 && (promised.orders === 1 || !charged.every(isNamed));
	// Other words are no hidden charge: they came out, with a hint or not.
	const isAll = made || outcome === 'otherWords';
	const cameOut = aim === 'picture' ? files.length : isAll ? charged.length : 0;
	const isHidden = charged.length > cameOut && !warns && !keepsIds;

	const checks: Record<string, boolean> = {
		'it did not end by its deadline': outcome === 'hang',
		'it was charged more than once': charged.length > promised.orders,
		'it was charged, and neither says so nor gives an ID': isHidden,
		'it was charged, and mayBeCharged is false': mayBeCharged === false && isOwnCharge,
		'an item in its place says nothing of a charge':
			promised.isOrder === true && isRefusal && !errorName && mayBeCharged === undefined,
		'an ID that was told is lost': outcome !== 'hang' && !told.every(isNamed),
		'a raw error came out': RAW.test(words.replace(QUOTED, '')),
		'an error of a foreign kind came out': errorName !== undefined && !OWN_ERRORS.has(errorName),
		'it threw where the workflow goes on': promised.goesOn === true && errorName !== undefined,
		'it says no next step': (isRefusal || isTrouble) && (advice ?? '').length < SHORTEST_ADVICE,
		'it says nothing': isRefusal && message === '',
		'it ended well, without an item':
			!isRefusal && outcome !== 'hang' && seen.items === 0 && promised.mayBeEmpty !== true,
		'it started more than one workflow': (seen.started ?? 0) > 1,
		'a broken file came out without a hint': files.includes('other') && hints.length === 0,
		'other words came out without a hint': outcome === 'otherWords' && hints.length === 0,
		'the key came out': all.includes(key),
		'the key went to another host': promised.keyStrayed,
		[NEVER_MET]: !promised.met,
	};
	const violations = Object.keys(checks).filter((what) => checks[what]);
	return { outcome, made, warns, keepsIds, isHidden, violations };
}

function outcomeOf({ ended, message, files, hasWords }: Seen, aim: Aim): Verdict['outcome'] {
	if (!ended) return 'hang';
	if (message !== undefined) return 'refusal';
	if (aim === 'words') return hasWords ? 'words' : 'otherWords';
	if (files.includes('other')) return 'otherFile';
	if (files.length > 0) return 'picture';
	return aim === 'picture' ? 'task' : aim;
}
