// The file that an upload takes from the item: the field that names it, and how it is read.
import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import type { Connection } from '../../pipeline/connection';
import { fileFromBinary, type FileToSend } from '../../pipeline/media/files';
import { checkFile } from '../../providers/fileLimits';
import { readText } from './parameters';

export const uploadField: INodeProperties = {
	displayName: 'Input Data Field Name',
	name: 'binaryPropertyName',
	type: 'string',
	default: 'data',
	required: true,
	placeholder: 'e.g. data',
	hint: "The name of the field that holds the file, as shown under Binary in the previous node's output",
};

/** The file, and the field that it lies in. Throws a badInput failure when there is none that the provider takes. */
export async function readFileToUpload(
	{ context, provider }: Connection<IExecuteFunctions>,
	itemIndex: number,
): Promise<{ field: string; file: FileToSend }> {
	const field = readText(context, 'binaryPropertyName', 'Input Data Field Name', itemIndex);
	const file = await fileFromBinary(context, itemIndex, field);
	checkFile(field, file.bytes, provider);
	return { field, file };
}
