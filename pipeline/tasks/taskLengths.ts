// How long tasks of a kind took lately, so that the next ones are polled when they are likely to have ended.
import type { ImageProvider, ImageRequest } from '../../providers/contract';

/** Of each kind only the latest count: how long a provider takes changes within hours. */
const MAX_LENGTHS = 9;
/** The kind of which nothing has been learnt for longest is forgotten first. */
const MAX_KINDS = 500;
/** Of the latest tasks of a kind this part may be left out, as the quickest ones, so that an odd one does no harm. */
const ODD_PART = 0.25;
/** A task that took less than this part of what others took shows that these tell nothing any more. */
const NEWS_PART = 0.5;

/** Of a task found ended by its first poll: it had been open at this part of what others of its kind were still open at. */
const INHERITED_PART = 0.95;
/** And nobody doubts more than this part of the time in which a task may have ended. */
const LONGEST_DOUBT = 0.3;

/** When a task was found ended, and when it was last seen open (0 if never): its ages in milliseconds. */
export interface Ending {
	openAt: number;
	endedAt: number;
}

/** What tasks of a kind may be expected to take. */
export interface Expectation {
	/** Milliseconds after which the first ones may have ended. */
	soonest: number;
	/** By which part of that they differ, where enough are known. */
	spread?: number;
}

export interface TaskLengths {
	expected(kind: string): Expectation | undefined;
	/** Answers whether what was thought of this kind holds no longer. */
	learn(kind: string, ending: Ending): boolean;
}

export function createTaskLengths(): TaskLengths {
	const known = new Map<string, { latest: Ending[]; expectation: Expectation }>();
	return {
		expected: (kind) => known.get(kind)?.expectation,
		learn: (kind, ending) => {
			const before = known.get(kind);
			const others = before?.latest ?? [];
			const closer = { ...ending, openAt: openAtLeast(ending, others) };
			const isNews =
				before === undefined || lengthOf(closer) < before.expectation.soonest * NEWS_PART;
			const latest = isNews ? [closer] : [...others, closer].slice(-MAX_LENGTHS);
			known.delete(kind);
			known.set(kind, { latest, expectation: expectationOf(latest.map(lengthOf)) });
			if (known.size > MAX_KINDS) known.delete([...known.keys()][0]!);
			return isNews;
		},
	};
}

/** Until when the task was open for sure, or in all likelihood. */
function openAtLeast({ openAt, endedAt }: Ending, others: Ending[]): number {
	const open = others.map((other) => other.openAt).filter((each) => each < endedAt);
	const inherited = INHERITED_PART * Math.max(0, ...open);
	return Math.max(openAt > 0 ? openAt : inherited, endedAt * (1 - LONGEST_DOUBT));
}

/** The middle of what may be. */
function lengthOf({ openAt, endedAt }: Ending): number {
	return (openAt + endedAt) / 2;
}

/** What this process has seen. It spares requests and time only: a process that knows nothing finds out. */
export const lengthsInThisProcess = createTaskLengths();

/** Tasks of the same kind take about as long. */
export function kindOf({ id }: ImageProvider, request: ImageRequest): string {
	const { model, size, resolution, quality, count, references } = request;
	return JSON.stringify([id, model, size, resolution, quality, count, references.length]);
}

function expectationOf(lengths: number[]): Expectation {
	const sorted = [...lengths].sort((left, right) => left - right);
	const soonest = sorted[Math.floor((sorted.length - 1) * ODD_PART)]!;
	if (sorted.length < MAX_LENGTHS) return { soonest };
	return { soonest, spread: (sorted.at(-1)! - soonest) / soonest };
}
