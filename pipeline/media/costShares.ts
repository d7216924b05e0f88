// Splits what a task cost among its images, so that the sum over all items is what was paid, and nothing counts twice.
import type { Cost } from '../../providers/contract';

/** Parts of a dollar, or of a credit, that a share is told in: finer than the price of one token. */
const PARTS = 100_000_000;

/** The share of one of so many, from 0: together they are the whole to the last digit. */
export function shareOf(cost: Cost, index: number, of: number): Cost {
	return {
		...cost,
		amount: partOf(cost.amount, index, of),
		...(cost.credits === undefined ? {} : { credits: partOf(cost.credits, index, of) }),
	};
}

function partOf(whole: number, index: number, of: number): number {
	const parts = Math.round(whole * PARTS);
	return (Math.floor(parts / of) + (index < parts % of ? 1 : 0)) / PARTS;
}

/** What all of them cost together; undefined where nothing is known. */
export function sumOfCosts(costs: Cost[]): Cost | undefined {
	const [first] = costs;
	if (!first) return undefined;
	const credits = costs.flatMap((cost) => cost.credits ?? []);
	return {
		amount: sumOf(costs.map(({ amount }) => amount)),
		currency: first.currency,
		...(credits.length > 0 && { credits: sumOf(credits) }),
		estimated: costs.some(({ estimated }) => estimated),
	};
}

/** Numbers are added up, at any depth; of whatever else, such as the name of a rule, the first counts. */
export function sumOfUsages(usages: Usage[]): Usage | undefined {
	const [first, ...others] = usages;
	return first && others.reduce(added, first);
}

type Usage = Record<string, unknown>;

function added(one: Usage, other: Usage): Usage {
	const together = Object.entries(other).map(([name, value]): [string, unknown] => {
		if (!Object.hasOwn(one, name)) return [name, value];
		const earlier = one[name];
		if (typeof earlier === 'number' && typeof value === 'number') {
			return [name, sumOf([earlier, value])];
		}
		return [name, isUsage(earlier) && isUsage(value) ? added(earlier, value) : earlier];
	});
	return Object.fromEntries([...Object.entries(one), ...together]);
}

function isUsage(value: unknown): value is Usage {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** To the last digit, so that a tenth and two tenths are three. */
function sumOf(numbers: number[]): number {
	return Math.round(numbers.reduce((sum, number) => sum + number * PARTS, 0)) / PARTS;
}
