// The file that an upload takes from the item: the field that names it, and how it is read.
import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { fileFromBinary, type FileToSend } from '../../../pipeline/media';
import type { Connection } from '../../../pipeline/session';
import { checkFile } from '../../../providers/limits/fileLimits';
import { readFilled } from '../parameters/readParameters';

export const uploadField: INodeProperties = {
	displayName: 'Input Data Field Name',
	name: 'binaryPropertyName',
	type: 'string',
	default: 'data',
	required: true,
	placeholder: 'e.g. data',
	hint: "The name of the field that holds the file, as shown under Binary in the previous node's output",
};

/** The file that the field names. Throws a badInput failure when there is none that the provider takes. */
export async function readFileToUpload(
	{ context, provider }: Connection<IExecuteFunctions>,
	itemIndex: number,
): Promise<FileToSend> {
	const field = readFilled(context, 'binaryPropertyName', 'Input Data Field Name', itemIndex);
	const file = await fileFromBinary(context, itemIndex, field);
	checkFile(field, file.bytes, provider);
	return file;
}
