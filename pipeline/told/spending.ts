// What the images of a run cost, told once at its end: what it has made, and what an earlier try had made and paid for.
import type { IExecuteFunctions } from 'n8n-workflow';

import type { Cost } from '../../providers/contract';
import { counted } from '../../providers/counted';
import { inDollars } from '../../providers/limits/orderPrice';
import type { Connection } from '../connection';
import { isToolRun, type PipelineContext } from '../context';
import { addNote } from './hints';

/** What some images cost together. */
export interface Spending {
	images: number;
	/** How many of them have a cost that nobody tells. */
	unpriced: number;
	amount: number;
	/** The provider's own unit, as far as it tells. */
	credits: number;
	/** Whether any of it is reckoned, and not the provider's own figure. */
	estimated: boolean;
	/** What they are called, where they are no images. All of a run are of one kind. */
	word?: string;
}

interface ItemSpending {
	spending: Spending;
	/** Whether an earlier try of the run has made and paid for it. */
	isEarlier: boolean;
}

const NOTHING: Spending = { images: 0, unpriced: 0, amount: 0, credits: 0, estimated: false };

/** By item, in each execution until it is told. */
const noted = new WeakMap<PipelineContext, Map<number, ItemSpending>>();

/** Notes what a task's images cost. To be told with `tellSpending`. */
export function noteCost(
	context: PipelineContext,
	itemIndex: number,
	images: number,
	cost: Cost | undefined,
	isEarlier = false,
): void {
	noteSpending(context, itemIndex, spendingOf(images, cost), isEarlier);
}

/** The same for a model's answer in words. */
export function noteAnswerCost(
	context: PipelineContext,
	itemIndex: number,
	cost: Cost | undefined,
	isEarlier: boolean,
): void {
	noteSpending(context, itemIndex, { ...spendingOf(1, cost), word: 'answer' }, isEarlier);
}

function spendingOf(images: number, cost: Cost | undefined): Spending {
	const { amount = 0, credits = 0, estimated = false } = cost ?? {};
	return { images, unpriced: cost ? 0 : images, amount, credits, estimated };
}

export function noteSpending(
	context: PipelineContext,
	itemIndex: number,
	spending: Spending,
	isEarlier = false,
): void {
	const ofItems = noted.get(context) ?? new Map<number, ItemSpending>();
	const before = ofItems.get(itemIndex)?.spending ?? NOTHING;
	ofItems.set(itemIndex, { spending: sumOf([before, spending]), isEarlier });
	noted.set(context, ofItems);
}

/** What has been noted of an item; undefined where nothing was. */
export function notedSpending(context: PipelineContext, itemIndex: number): Spending | undefined {
	return noted.get(context)?.get(itemIndex)?.spending;
}

/** To be called when all items are done. An agent's tool shows no hints, and its answers have the costs. */
export function tellSpending(
	connection: Pick<Connection<IExecuteFunctions>, 'context' | 'redact'>,
): void {
	const { context } = connection;
	const all = [...(noted.get(context)?.values() ?? [])];
	noted.delete(context);
	if (isToolRun(context)) return;
	const sumWhere = (isWanted: (each: ItemSpending) => boolean) =>
		sumOf(all.filter(isWanted).map(({ spending }) => spending));
	const now = sumWhere(({ isEarlier }) => !isEarlier);
	const earlier = sumWhere(({ isEarlier }) => isEarlier);
	const told = [
		now.images > 0 ? `${counted(now.images, wordOf(now))}${inWords(now)}.` : '',
		earlier.images > 0
			? `${counted(earlier.images, now.images > 0 ? `more ${wordOf(earlier)}` : wordOf(earlier))} had been paid for before${inWords(earlier)}.`
			: '',
	].filter((sentence) => sentence !== '');
	if (told.length > 0) addNote(connection, told.join(' '));
}

function sumOf(all: Spending[]): Spending {
	return all.reduce(
		(sum, each) => ({
			images: sum.images + each.images,
			unpriced: sum.unpriced + each.unpriced,
			amount: sum.amount + each.amount,
			credits: sum.credits + each.credits,
			estimated: sum.estimated || each.estimated,
			word: sum.word ?? each.word,
		}),
		NOTHING,
	);
}

function wordOf({ word = 'image' }: Spending): string {
	return word;
}

/** What stands behind the number of images. */
function inWords({ images, unpriced, amount, credits, estimated }: Spending): string {
	if (unpriced > 0 && amount === 0) {
		return `. What ${images === 1 ? 'it' : 'they'} cost is not known`;
	}
	const dollars = `${estimated ? 'about ' : ''}${inDollars(amount)}`;
	const inCredits =
		credits > 0 ? ` (${credits.toLocaleString('en', { maximumFractionDigits: 2 })} credits)` : '';
	const part =
		unpriced > 0
			? ` for ${(images - unpriced).toLocaleString('en')} of them; what the others cost is not known`
			: '';
	return `, ${dollars}${inCredits}${part}`;
}
