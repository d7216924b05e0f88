// File > Upload: puts a file into Core.Today's storage, where its models can fetch it.
import type { IDataObject } from 'n8n-workflow';

import { fileFromBinary } from '../../../../pipeline/files';
import { uploadFile } from '../../../../pipeline/inputImages';
import { badInput } from '../../../../providers/failure';
import type { ItemOperation } from '../../../shared/operations';
import { readText } from '../../../shared/parameters';
import type { CoreTodaySession } from '../../session';

export const upload: ItemOperation<CoreTodaySession> = {
	option: {
		name: 'Upload',
		value: 'upload',
		action: 'Upload a file',
		description: 'Put a file into your Core.Today storage, where the models can fetch it',
	},
	fields: [
		{
			displayName: 'Input Data Field Name',
			name: 'binaryPropertyName',
			type: 'string',
			default: 'data',
			required: true,
			placeholder: 'e.g. data',
			hint: 'The name of the field that holds the file',
		},
	],
	run: async ({ context, tasks }, itemIndex) => {
		const field = readText(context, 'binaryPropertyName', 'Input Data Field Name', itemIndex);
		const file = await fileFromBinary(context, itemIndex, field);
		if (file.bytes === 0) {
			throw badInput(`The file in "${field}" is empty.`, 'Check the step that makes this file.');
		}
		const uploaded = await uploadFile(tasks.connection, { label: file.name, file });
		const json = { ...uploaded, name: file.name, bytes: file.bytes } as IDataObject;
		return [{ json, pairedItem: { item: itemIndex } }];
	},
};
