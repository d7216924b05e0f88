// Include Input Fields: what came in stays on every item that goes out. It is added last, and not copied, so that neither
// n8n's memory of the node nor ten images of one row hold it again.
import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	INodeProperties,
} from 'n8n-workflow';

import { inputOf } from '../../../pipeline/media';
import { isToolRun } from '../../../pipeline/once';
import { includeInputFieldsOption } from '../fields/outputFields';
import { booleanOption } from '../parameters/readParameters';
import { factsOfOther } from './factsOfOther';
import type { OperationOutput } from './operations';

/** Of a picture that is only looked at, all but this stays: it has been told where it was paid. */
const ACCOUNT: ReadonlySet<string> = new Set(['usage', 'cost']);

/** The items with what came in, where the person hasn't switched that off. An AI agent's own call is none of it. */
export function withInputFields(
	context: IExecuteFunctions,
	{ fields, aboutInput = false }: OperationOutput,
	items: INodeExecutionData[],
): INodeExecutionData[] {
	if (isToolRun(context) || !hasOption(fields)) return items;
	const rows = new Map<number, IDataObject>();
	const rowOf = (itemIndex: number): IDataObject => {
		const known = rows.get(itemIndex);
		if (known) return known;
		const row = isWanted(context, itemIndex)
			? passedOn(inputOf(context, itemIndex).json, aboutInput)
			: {};
		rows.set(itemIndex, row);
		return row;
	};
	const { onError } = context.getNode();
	return items.map((item) => {
		const itemIndex = inputIndexOf(item);
		if (itemIndex === undefined) return item;
		// n8n itself adds what came in to these, and knows them by having nothing else.
		if (onError === 'continueErrorOutput' && isErrorPair(item.json)) return item;
		return { ...item, json: joined(rowOf(itemIndex), item.json) };
	});
}

function hasOption(fields: INodeProperties[]): boolean {
	const options = fields.flatMap(({ name, options = [] }) => (name === 'options' ? options : []));
	return options.some(({ name }) => name === includeInputFieldsOption.name);
}

/** When there are items, a wrong value is no reason to lose them: it has been told before anything was ordered. */
function isWanted(context: IExecuteFunctions, itemIndex: number): boolean {
	const { name, displayName } = includeInputFieldsOption;
	try {
		const value = context.getNodeParameter(`options.${name}`, itemIndex, true);
		return booleanOption({ [name]: value }, name, displayName, true);
	} catch {
		return true;
	}
}

/** n8n takes an item with an `error` for one that has failed, and runs the node again for it. */
function passedOn(row: IDataObject, isAboutIt: boolean): IDataObject {
	const ofOther = factsOfOther(row);
	const gone = isAboutIt ? ofOther.filter((name) => ACCOUNT.has(name)) : ofOther;
	const kept = Object.entries(row).filter(([name]) => name !== 'error' && !gone.includes(name));
	return Object.fromEntries(kept);
}

function joined(row: IDataObject, own: IDataObject): IDataObject {
	const others = Object.entries(row).filter(([name]) => !Object.hasOwn(own, name));
	return { ...Object.fromEntries(others), ...own };
}

/** Undefined for an item that belongs to several, or none. */
function inputIndexOf({ pairedItem }: INodeExecutionData): number | undefined {
	return typeof pairedItem === 'object' && !Array.isArray(pairedItem) ? pairedItem.item : undefined;
}

function isErrorPair(json: IDataObject): boolean {
	return Object.keys(json).every((name) => name === 'error' || name === 'message');
}
