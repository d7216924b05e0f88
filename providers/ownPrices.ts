// Prices that a person pays in place of the list's: read from a text in the credential, and put in the place of whatever is
// reckoned. What a provider itself says that it has charged stays.
import { fieldsOf } from './answers/loose';
import type { Cost, ImageProvider, ImageTask, Prices, TokenPrices } from './contract';
import { badInput } from './failure';
import { rowOf } from './limits/modelRows';

interface OwnPrice {
	/** A dated name counts as its family, as in the list. */
	name: string;
	prices: Prices;
}

const A_MILLION = 1_000_000;
/** Those of text in, images in and images out. */
const MAX_AMOUNTS = 3;
const AMOUNT = /^(?:\$|usd)?\s*(\d+(?:[.,]\d+)?)\s*(?:\$|usd)?$/i;

/** Throws a badInput failure where a line can't be read: a price is nothing to guess at. */
export function checkOwnPrices(text: string | undefined): void {
	const bad = linesOf(text).find((line) => !priceIn(line));
	if (bad === undefined) return;
	throw badInput(
		`The line "${bad.slice(0, 80)}" of Own Prices in the credential can't be read: write a model, an equals sign and a price, such as gpt-image-2 = 0.05. Nothing was sent.`,
		'One number is the price of an image in US dollars. Three are those of a million tokens, as text in / images in / images out, such as gpt-image-2 = 5 / 8 / 30.',
	);
}

/** Those that can be read. */
export function readOwnPrices(text: string | undefined): OwnPrice[] {
	return linesOf(text).flatMap((line) => priceIn(line) ?? []);
}

/** `gpt-image-2 = 0.05`, or text in, images in and images out: `gpt-image-2 = 5 / 8 / 30`. Undefined for any other line. */
function priceIn(line: string): OwnPrice | undefined {
	const equals = line.lastIndexOf('=');
	const name = line.slice(0, Math.max(0, equals)).trim();
	const amounts = line
		.slice(equals + 1)
		.split('/', MAX_AMOUNTS + 1)
		.map((amount) => Number(AMOUNT.exec(amount.trim())?.[1]?.replace(',', '.')));
	const [textIn = NaN, imageIn = NaN, imageOut = NaN] = amounts;
	if (name === '' || amounts.some(Number.isNaN)) return undefined;
	if (amounts.length === 1) return { name, prices: { perImage: textIn } };
	return amounts.length === MAX_AMOUNTS
		? { name, prices: { tokens: { textIn, imageIn, imageOut } } }
		: undefined;
}

function linesOf(text: unknown): string[] {
	if (typeof text !== 'string') return [];
	return text
		.split('\n')
		.map((line) => line.trim())
		.filter((line) => line !== '');
}

/** The provider with a person's prices, for estimates and for costs. */
export function withOwnPrices<Provider extends ImageProvider>(
	provider: Provider,
	text: string | undefined,
): Provider {
	const own = readOwnPrices(text);
	if (own.length === 0) return provider;
	const { estimate, pollMany, readTask, result } = provider;
	return {
		...provider,
		estimate: estimate && ((request) => estimate(request, pricesOf(own, request.model))),
		readTask: (answer, request, taskId) =>
			repriced(readTask(answer, request, taskId), own, request?.model),
		result: result && {
			...result,
			read: (answer, task) => repriced(result.read(answer, task), own),
		},
		pollMany: pollMany && {
			...pollMany,
			read: (answer) => pollMany.read(answer).map((task) => repriced(task, own)),
		},
	};
}

export function pricesOf(own: readonly OwnPrice[], model: string | undefined): Prices | undefined {
	return own.find(({ name }) => name === model)?.prices ?? rowOf(own, model)?.prices;
}

/** The task with what it cost by these prices, where it has made something; `part` of it, as in a batch. */
export function repriced(
	task: ImageTask,
	own: readonly OwnPrice[],
	model?: string,
	part = 1,
): ImageTask {
	const prices = pricesOf(own, task.model) ?? pricesOf(own, model);
	const isPaid = task.status === 'succeeded' && task.cost?.estimated !== false;
	const amount = prices && isPaid ? amountOf(task, prices) : undefined;
	if (amount === undefined) return task;
	const cost: Cost = { ...task.cost, amount: amount * part, currency: 'USD', estimated: true };
	return { ...task, cost };
}

function amountOf(task: ImageTask, { perImage, tokens }: Prices): number | undefined {
	if (perImage !== undefined) {
		const made = task.images.length + (task.unread ?? 0);
		// A list of tasks may not tell how many images each has.
		return made === 0 ? undefined : perImage * made;
	}
	return tokens && amountOfTokens(task.usage, tokens);
}

/** By the counts of any of the protocols. Undefined where nothing was counted for drawing. */
function amountOfTokens(
	usage: ImageTask['usage'],
	{ textIn, imageIn, imageOut }: TokenPrices,
): number | undefined {
	const counts = fieldsOf(usage?.image_gen ?? usage);
	const details = fieldsOf(counts.input_tokens_details);
	const drawn = firstOf(counts, ['image_output_tokens', 'output_tokens', 'completion_tokens']);
	if (!drawn) return undefined;
	const pictures = countOf(details.image_tokens) ?? countOf(counts.image_input_tokens) ?? 0;
	const input = firstOf(counts, ['input_tokens', 'prompt_tokens']);
	const words =
		countOf(details.text_tokens) ??
		countOf(counts.text_input_tokens) ??
		Math.max(0, (input ?? 0) - pictures);
	return (words * textIn + pictures * imageIn + drawn * imageOut) / A_MILLION;
}

function firstOf(counts: Record<string, unknown>, names: string[]): number | undefined {
	return names.map((name) => countOf(counts[name])).find((count) => count !== undefined);
}

function countOf(value: unknown): number | undefined {
	return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : undefined;
}
