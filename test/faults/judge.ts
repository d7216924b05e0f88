// Whether what came out of a cell keeps what is promised: pure, of what was seen and of what the server has in its book.
import type { Order } from './server/book';

/** What a person has of a cell in the end. */
export interface Seen {
	/** Undefined where the run didn't end by its deadline. */
	status?: string;
	/** Each file that came out, and whether it is the server's picture, whole. */
	files: Array<'whole' | 'other'>;
	/** What items say beside that. */
	items: number;
	/** Texts to read: of the error, or of the item in its place, and hints. */
	message?: string;
	advice?: string;
	hints: string[];
	errorName?: string;
	mayBeCharged?: boolean;
	/** Everything that leaves the node, as text. */
	all: string;
}

export type Outcome = 'image' | 'file' | 'task' | 'refusal' | 'hang';

export interface Verdict {
	outcome: Outcome;
	/** Whether it says that the order may have been charged. */
	warns: boolean;
	/** Whether the IDs of all orders that were told stand in what came out. */
	keepsIds: boolean;
	/** In words, what is broken. */
	violations: string[];
}

export interface Promised {
	makes: 'picture' | 'file' | 'task';
	key: string;
	/** Whether the key was seen at another host. */
	keyStrayed: boolean;
}

const RAW =
	/TypeError|ReferenceError|RangeError|SyntaxError|is not a function|is not iterable|Cannot read|Cannot destructure|\bundefined\b|\[object |AxiosError|Request failed with status code|socket hang up|\bat \S+ \(|\.[jt]s:\d+|\bNaN\b/;
const OWN_ERRORS = new Set(['NodeApiError', 'NodeOperationError']);
const WARNING =
	/may (?:still )?(?:have been|be) charged|has charged|(?:is|are|was|were) charged all the same/i;
/** An answer is quoted behind these words, and is nobody's but the server's. */
const QUOTED = /Answer: [\s\S]*$/;
const SHORTEST_ADVICE = 20;

export function judge(seen: Seen, orders: readonly Order[], promised: Promised): Verdict {
	const outcome = outcomeOf(seen, promised);
	const words = [seen.message, seen.advice, ...seen.hints].filter(Boolean).join('\n');
	const charged = orders.filter((order) => order.charged);
	const isNamed = ({ id }: Order) => id !== '' && seen.all.includes(id);
	const warns = seen.mayBeCharged === true || WARNING.test(words);
	const keepsIds = charged.every(isNamed);
	const told = orders.filter(
		({ told: isTold, id, charged: isCharged }) => isTold && id && isCharged,
	);
	const failed = outcome === 'refusal' || outcome === 'hang';

	const checks: Array<[boolean, string]> = [
		[outcome === 'hang', 'did not end by its deadline'],
		[charged.length > 1, `charged ${charged.length} times`],
		[
			charged.length > 0 && outcome === 'refusal' && !warns && !keepsIds,
			'was charged, and neither says so nor gives an ID',
		],
		[
			charged.length > 0 && outcome === 'refusal' && seen.mayBeCharged === false,
			'was charged, and mayBeCharged is false',
		],
		[told.some((order) => !isNamed(order)) && outcome !== 'hang', 'an ID is lost'],
		[failed && RAW.test(plainWords(words)), 'a raw error came out'],
		[
			seen.errorName !== undefined && !OWN_ERRORS.has(seen.errorName),
			`an error of another kind came out: ${seen.errorName}`,
		],
		[outcome === 'refusal' && (seen.advice ?? '').length < SHORTEST_ADVICE, 'no next step is told'],
		[outcome === 'refusal' && !seen.message, 'no message is told'],
		[
			outcome !== 'hang' && seen.items === 0 && outcome !== 'refusal',
			'ended well, without an item',
		],
		[
			seen.files.includes('other') && seen.hints.length === 0,
			'a broken file came out without a hint',
		],
		[seen.all.includes(promised.key), 'the key came out'],
		[promised.keyStrayed, 'the key went to another host'],
	];
	return {
		outcome,
		warns,
		keepsIds,
		violations: checks.flatMap(([isBroken, what]) => (isBroken ? [what] : [])),
	};
}

function outcomeOf(seen: Seen, { makes }: Promised): Outcome {
	if (seen.status === undefined) return 'hang';
	if (seen.message !== undefined) return 'refusal';
	if (seen.files.length > 0) return 'image';
	return makes === 'file' ? 'file' : 'task';
}

function plainWords(words: string): string {
	return words.replace(QUOTED, '');
}
