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

export interface TaskLengths {
	/** Milliseconds after which a task of this kind may first be expected to have ended, where that is known. */
	soonest(kind: string): number | undefined;
	/** Answers whether what was thought of this kind holds no longer. */
	learn(kind: string, milliseconds: number): boolean;
}

export function createTaskLengths(): TaskLengths {
	const known = new Map<string, { latest: number[]; soonest: number }>();
	return {
		soonest: (kind) => known.get(kind)?.soonest,
		learn: (kind, milliseconds) => {
			const before = known.get(kind);
			const isNews = before === undefined || milliseconds < before.soonest * NEWS_PART;
			const latest = isNews ? [milliseconds] : [...before.latest, milliseconds].slice(-MAX_LENGTHS);
			known.delete(kind);
			known.set(kind, { latest, soonest: soonestOf(latest) });
			if (known.size > MAX_KINDS) known.delete([...known.keys()][0]!);
			return isNews;
		},
	};
}

/** What this process has seen. It spares requests and time only: a process that knows nothing finds out. */
export const lengthsInThisProcess = createTaskLengths();

/** Tasks of the same kind take about as long. */
export function kindOf({ id }: ImageProvider, request: ImageRequest): string {
	const { model, size, resolution, quality, count, references } = request;
	return JSON.stringify([id, model, size, resolution, quality, count, references.length]);
}

function soonestOf(lengths: number[]): number {
	const sorted = [...lengths].sort((left, right) => left - right);
	return sorted[Math.floor((sorted.length - 1) * ODD_PART)]!;
}
