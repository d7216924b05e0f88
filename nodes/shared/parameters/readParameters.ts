// Reads parameters as what they should be. An expression can bring anything, so each wrong type gets its own sentence.
import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { parseJson } from '../../../providers/answers/json';
import { badInput } from '../../../providers/failure';
import { mendedSize } from '../../../providers/limits/sizes';
import { SEVERAL_FORMATS } from '../fields/severalFormats';

/** A text, with numbers taken as text. An empty one stands for "not given". */
export function readText(
	context: IExecuteFunctions,
	name: string,
	displayName: string,
	itemIndex: number,
): string {
	return toText(context.getNodeParameter(name, itemIndex, ''), displayName);
}

/** A text without the spaces around it, which must not be empty. */
export function readFilled(
	context: IExecuteFunctions,
	name: string,
	displayName: string,
	itemIndex: number,
): string {
	const text = readText(context, name, displayName, itemIndex).trim();
	if (text !== '') return text;
	throw badInput(
		`The ${displayName} is empty.`,
		'Fill it in. If it is an expression, check that the item has that field.',
	);
}

/** What was picked in a resource locator, from its list or by ID. */
export function readPicked(
	context: IExecuteFunctions,
	name: string,
	displayName: string,
	itemIndex: number,
): string {
	const value = context.getNodeParameter(name, itemIndex, '', { extractValue: true });
	const picked = toText(value, displayName).trim();
	if (picked !== '') return picked;
	throw badInput(`No ${displayName} is chosen.`, 'Choose one from the list or enter its ID.');
}

export function readNumber(
	context: IExecuteFunctions,
	name: string,
	displayName: string,
	itemIndex: number,
): number {
	return toNumber(context.getNodeParameter(name, itemIndex), displayName);
}

export function readOptions(context: IExecuteFunctions, itemIndex: number): IDataObject {
	const options: unknown = context.getNodeParameter('options', itemIndex, {});
	return typeof options === 'object' && options !== null ? (options as IDataObject) : {};
}

/** An entry of the Options that must be a number of at least `least`. */
export function numberOption(
	options: IDataObject,
	name: string,
	displayName: string,
	fallback: number,
	least: number,
): number {
	return toNumberOfAtLeast(
		options[name] ?? fallback,
		displayName,
		least,
		'Change it in the Options.',
	);
}

/** An entry of the Options that must be a number. Undefined when it isn't set, or emptied. */
export function optionalNumber(
	options: IDataObject,
	name: string,
	displayName: string,
): number | undefined {
	const value = options[name];
	return isSet(value) ? toNumber(value, displayName) : undefined;
}

/** An entry of the Options that is on or off. An expression may also bring one of these as a text. */
export function booleanOption(
	options: IDataObject,
	name: string,
	displayName: string,
	fallback: boolean,
): boolean {
	return toBoolean(options[name], displayName, fallback, 'Check the expression in the Options.');
}

/** A field of its own that is on or off. */
export function readBoolean(
	context: IExecuteFunctions,
	name: string,
	displayName: string,
	itemIndex: number,
	fallback: boolean,
): boolean {
	const value: unknown = context.getNodeParameter(name, itemIndex, fallback);
	return toBoolean(value, displayName, fallback, 'Check the expression in this field.');
}

function toBoolean(
	given: unknown,
	displayName: string,
	fallback: boolean,
	advice: string,
): boolean {
	const value = isSet(given) ? given : fallback;
	if (typeof value === 'boolean') return value;
	const word = typeof value === 'string' ? value.trim().toLowerCase() : '';
	if (word === 'true' || word === 'false') return word === 'true';
	throw badInput(`${displayName} must be on or off: true or false.`, advice);
}

/** An emptied field and a list with nothing chosen are as good as removed. */
export function isSet(value: unknown): boolean {
	const isEmpty = value === '' || (Array.isArray(value) && value.length === 0);
	return value !== undefined && value !== null && !isEmpty;
}

/** A size as people write it: `1024 × 1024` is `1024x1024`. Undefined when the default is wanted. */
export function readSize(context: IExecuteFunctions, itemIndex: number): string | undefined {
	const chosen = mendedSize(readText(context, 'size', 'Size', itemIndex));
	if (chosen === SEVERAL_FORMATS) return undefined;
	if (chosen !== 'custom') return chosen || undefined;
	const size = mendedSize(readText(context, 'customSize', 'Custom Size', itemIndex));
	if (size !== '') return size;
	throw badInput(
		'The Custom Size is empty.',
		'Enter one, or choose another entry under Size. If it is an expression, check that the item has that field.',
	);
}

/** One or several texts: a list, the JSON of one, or a text with commas or line breaks between them. */
export function toTexts(value: unknown, displayName: string): string[] {
	return toEntries(value, displayName, /[\n,]/);
}

/** One or several addresses, in the same ways. A comma within an address is a part of it. */
export function toAddresses(value: unknown, displayName: string): string[] {
	return toEntries(value, displayName, /\n|,(?=\s*(?:https?|data):)/i);
}

function toEntries(value: unknown, displayName: string, separator: RegExp): string[] {
	const entries = listIn(value) ?? toText(value, displayName).split(separator);
	return entries.map((entry) => toText(entry, displayName).trim()).filter((entry) => entry !== '');
}

/** A list, also one that n8n has turned into JSON, as it does where a list meets a text field or a column of texts. */
function listIn(value: unknown): unknown[] | undefined {
	if (Array.isArray(value)) return value;
	if (typeof value !== 'string' || !value.trimStart().startsWith('[')) return undefined;
	const parsed = parseJson(value);
	const isOfTexts = Array.isArray(parsed) && parsed.every((each) => typeof each === 'string');
	return isOfTexts ? parsed : undefined;
}

export function toNumber(value: unknown, displayName: string): number {
	const number = numberIn(value);
	if (number !== undefined) return number;
	throw badInput(`${displayName} must be a number.`, 'Check the expression in this field.');
}

export function toNumberOfAtLeast(
	value: unknown,
	displayName: string,
	least: number,
	advice: string,
): number {
	const number = numberIn(value);
	if (number !== undefined && number >= least) return number;
	throw badInput(`${displayName} must be a number of at least ${least}.`, advice);
}

function numberIn(value: unknown): number | undefined {
	const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
	return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}

export function toText(value: unknown, displayName: string): string {
	if (typeof value === 'string') return value;
	if (typeof value === 'number') return String(value);
	if (value === undefined || value === null) return '';
	throw badInput(
		`${displayName} must be text, but it is ${Array.isArray(value) ? 'a list' : `of the type ${typeof value}`}.`,
		'Check the expression in this field: it should lead to one text.',
	);
}
