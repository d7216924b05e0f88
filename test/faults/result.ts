// What became of a cell: what a person has of it, what the server has in its book, and whether both agree.
import type { Cell } from './cells';
import type { Verdict } from './judge';

export interface Result extends Verdict {
	cell: Cell;
	/** In the node's own words. */
	message?: string;
	advice?: string;
	hints: string[];
	/** How many orders were wished for. */
	orders: number;
	/** Orders that the server took on, and those of them that it charges. */
	accepted: number;
	charged: number;
	/** By step. */
	requests: Record<string, number>;
	/** How often the fault was done. */
	struck: number;
	milliseconds: number;
}

/** What a cell came to, as the table counts and colours it. */
export const CLASSES = ['made', 'free', 'warned', 'kept', 'broken'] as const;
export type Class = (typeof CLASSES)[number];

export const CLASS_TITLES: Record<Class, string> = {
	made: 'It came out',
	free: 'Not, and nothing charged',
	warned: 'Not, and the charge is told',
	kept: 'Not, and its ID is told',
	broken: 'Promise broken',
};

export function classOf({ violations, charged, keepsIds, made }: Result): Class {
	if (violations.length > 0) return 'broken';
	if (made) return 'made';
	if (charged === 0) return 'free';
	return keepsIds ? 'kept' : 'warned';
}

const OUTCOMES: Record<Result['outcome'], string> = {
	picture: 'the picture',
	otherFile: 'another file, with a hint',
	file: 'the file',
	task: 'the task',
	words: 'the words',
	otherWords: 'other words, with a hint',
	facts: 'what was asked',
	refusal: 'a refusal in words',
	hang: 'nothing by its deadline',
};

/** What came out, in a few words. */
export function cameOut({ outcome, warns, keepsIds, charged }: Result): string {
	const notes = [
		outcome === 'refusal' && warns && 'says that it may have been charged',
		outcome !== 'picture' && charged > 0 && keepsIds && 'gives the ID',
	].filter(Boolean);
	return [OUTCOMES[outcome], ...notes].join(', ');
}

export function wasCharged({ charged }: Result): string {
	return charged === 0 ? 'nothing' : charged === 1 ? 'once' : `${charged} times`;
}

/** The line that runs this one cell again. */
export function repeatLine(cell: Cell): string {
	return `npm run test:faults -- --only ${cell.id}`;
}
