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

/** A task that was seen open within this last part of its time was seen well. Of another nobody doubts a longer part. */
const LONGEST_DOUBT = 0.3;
/** One that wasn't seen well was likely open for this part of the time at which another one was last seen open. */
const INHERITED_PART = 0.95;
/** So many in a row that weren't seen well may have become quicker: the next ones are looked for this much sooner. */
const UNSEEN_IN_A_ROW = 4;
const SOONER_PART = 0.9;

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
	const known = new Map<string, { latest: Sighting[]; expectation: Expectation }>();
	return {
		expected: (kind) => known.get(kind)?.expectation,
		learn: (kind, ending) => {
			const before = known.get(kind);
			const others = before?.latest ?? [];
			const sighting = sightingOf(ending, others);
			const isNews =
				before === undefined || lengthOf(sighting) < before.expectation.soonest * NEWS_PART;
			const latest = isNews ? [sighting] : [...others, sighting].slice(-MAX_LENGTHS);
			known.delete(kind);
			known.set(kind, { latest, expectation: expectationOf(latest) });
			if (known.size > MAX_KINDS) known.delete([...known.keys()][0]!);
			return isNews;
		},
	};
}

/** What is remembered of a task. */
interface Sighting extends Ending {
	wasSeenWell: boolean;
}

function sightingOf(ending: Ending, others: Sighting[]): Sighting {
	if (ending.openAt > leastOpenAt(ending)) return { ...ending, wasSeenWell: true };
	const open = others.map(({ openAt }) => openAt).filter((each) => each < ending.endedAt);
	return { ...ending, openAt: INHERITED_PART * Math.max(0, ...open), wasSeenWell: false };
}

function leastOpenAt({ endedAt }: Ending): number {
	return endedAt * (1 - LONGEST_DOUBT);
}

/** The middle of what may be. */
function lengthOf(ending: Ending): number {
	return (Math.max(ending.openAt, leastOpenAt(ending)) + ending.endedAt) / 2;
}

/** What this process has seen. It spares requests and time only: a process that knows nothing finds out. */
export const lengthsInThisProcess = createTaskLengths();

/** Tasks of the same kind take about as long. */
export function kindOf({ id }: ImageProvider, request: ImageRequest): string {
	const { model, size, resolution, quality, count, references } = request;
	return JSON.stringify([id, model, size, resolution, quality, count, references.length]);
}

function expectationOf(latest: Sighting[]): Expectation {
	const sorted = latest.map(lengthOf).sort((left, right) => left - right);
	const usual = sorted[Math.floor((sorted.length - 1) * ODD_PART)]!;
	const areUnseen =
		latest.length >= UNSEEN_IN_A_ROW &&
		latest.slice(-UNSEEN_IN_A_ROW).every(({ wasSeenWell }) => !wasSeenWell);
	const soonest = areUnseen ? usual * SOONER_PART : usual;
	return latest.length < MAX_LENGTHS
		? { soonest }
		: { soonest, spread: (sorted.at(-1)! - usual) / usual };
}
