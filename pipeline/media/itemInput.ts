// What has come in with an item: its row, its files, and which of these are pictures.
import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

/** The row and the files of an input item, to be passed on. n8n itself may bring an item without a row. */
export function inputOf(
	context: IExecuteFunctions,
	itemIndex: number,
): Pick<INodeExecutionData, 'json' | 'binary'> {
	const item = itemOf(context, itemIndex);
	return { json: rowOf(item), ...(item.binary && { binary: item.binary }) };
}

/** n8n passes on what a node puts out, also an item without the row that it should have. */
export function rowOf({ json }: Partial<INodeExecutionData>): IDataObject {
	return typeof json === 'object' && json !== null && !Array.isArray(json) ? json : {};
}

/** Where a workflow has the files of its items within their rows, n8n keeps them here. */
const FILES_IN_ROW = '_files';

/** The fields of an item that hold a file which n8n takes for a picture, as Input Data Field Name would have them. */
export function picturesOn(context: IExecuteFunctions, itemIndex: number): string[] {
	return [...filesOn(context, itemIndex)]
		.filter(([, { mimeType }]) => mimeType.startsWith('image/'))
		.map(([field]) => field);
}

/** The field of an item that holds a file of this name, wherever the workflow has its files. */
export function fieldOfFile(
	context: IExecuteFunctions,
	itemIndex: number,
	name: string,
): string | undefined {
	const files = filesOn(context, itemIndex);
	return [name, `${FILES_IN_ROW}.${name}`].find((field) => files.has(field));
}

interface DescribedFile {
	mimeType: string;
}

function filesOn(context: IExecuteFunctions, itemIndex: number): Map<string, DescribedFile> {
	const { json = {}, binary = {} } = itemOf(context, itemIndex);
	const inRow = (json[FILES_IN_ROW] ?? {}) as object;
	const entries: Array<[string, unknown]> = [
		...Object.entries(binary),
		...Object.entries(inRow).map(([name, value]): [string, unknown] => [
			`${FILES_IN_ROW}.${name}`,
			value,
		]),
	];
	return new Map(entries.flatMap(([field, value]) => (isFile(value) ? [[field, value]] : [])));
}

function itemOf(context: IExecuteFunctions, itemIndex: number): Partial<INodeExecutionData> {
	return context.getInputData()[itemIndex] ?? {};
}

/** As n8n describes a file. */
function isFile(value: unknown): value is DescribedFile {
	return (
		typeof value === 'object' &&
		value !== null &&
		'mimeType' in value &&
		typeof value.mimeType === 'string' &&
		('data' in value || 'id' in value)
	);
}
