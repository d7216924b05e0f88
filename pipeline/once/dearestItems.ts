// The items of a run that cost the most: which they are, and what a person can change so that they cost less.
import { inDollars, type OrderPrice } from '../../providers/limits/orderPrice';

export interface Dear extends Pick<OrderPrice, 'request' | 'savings'> {
	itemIndex: number;
	max: number;
	what: string;
	images: number;
}

/** Which items they are, and what each of them asks for. */
export function dearestInWords(dearest: readonly Dear[], items: number): string {
	if (items === 1) return `It is for ${dearest[0]!.what}.`;
	const told = dearest.map(
		({ itemIndex, max, what }) => `item ${itemIndex}, up to ${inDollars(max)} (${what})`,
	);
	return `${items > told.length ? 'The dearest are' : 'They are'} ${told.join('; ')}.`;
}

/** What of the dearest items a person can change, so that they cost less. */
export function waysToSave(dearest: readonly Dear[], items: number): string {
	const savings = dearest.flatMap((each) => each.savings());
	const isAutomatic = (name: string) =>
		savings.some(({ field, isAutomatic: isLeft }) => isLeft && field === name);
	const isChosen = (name: string) =>
		savings.some(({ field, isAutomatic: isLeft }) => !isLeft && field === name);
	const automatic = ['Size', 'Quality'].filter(isAutomatic);
	return listed([
		...(automatic.length > 0
			? [`choose a ${automatic.join(' and a ')} (Automatic counts as the dearest)`]
			: []),
		...(isChosen('Size') ? ['choose a smaller Size'] : []),
		...(isChosen('Quality') ? ['choose a lower Quality'] : []),
		...(dearest.some(({ request }) => (request.formats?.length ?? 0) > 1)
			? ['choose fewer Formats']
			: []),
		...(dearest.some(({ images, request }) => images > (request.formats?.length ?? 1))
			? ['set Number of Images lower']
			: []),
		items > 1 ? 'send fewer items in' : 'choose a cheaper Model',
	]);
}

/** `a, b or c`. */
function listed(ways: string[]): string {
	return ways.length < 2 ? ways.join() : `${ways.slice(0, -1).join(', ')} or ${ways.at(-1)!}`;
}
