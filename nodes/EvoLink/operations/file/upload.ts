// File > Upload: puts a file where EvoLink's models can fetch it.
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { fileFromBinary } from '../../../../pipeline/files';
import { imageFromUrl, uploadFile } from '../../../../pipeline/inputImages';
import { send } from '../../../../pipeline/transport';
import type { UploadedFile } from '../../../../providers/contract';
import { badInput } from '../../../../providers/failure';
import type { ItemOperation } from '../../../shared/operations';
import { readText } from '../../../shared/parameters';
import type { EvoLinkSession } from '../../session';

const MOST_MEGABYTES = 100;

export const upload: ItemOperation<EvoLinkSession> = {
	option: {
		name: 'Upload',
		value: 'upload',
		action: 'Upload a file',
		description: 'Put a file where the models can fetch it, for 72 hours',
	},
	fields: [
		{
			displayName: 'Source',
			name: 'source',
			type: 'options',
			options: [
				{ name: 'From Binary Field', value: 'binary' },
				{ name: 'From URL', value: 'url' },
			],
			default: 'binary',
		},
		{
			displayName: 'Input Data Field Name',
			name: 'binaryPropertyName',
			type: 'string',
			default: 'data',
			required: true,
			displayOptions: { show: { source: ['binary'] } },
			placeholder: 'e.g. data',
			hint: 'The name of the field that holds the file',
		},
		{
			displayName: 'URL',
			name: 'url',
			type: 'string',
			default: '',
			required: true,
			displayOptions: { show: { source: ['url'] } },
			placeholder: 'e.g. https://example.com/product.png',
		},
	],
	run: async (session, itemIndex) => {
		const { context, connection, evoLink } = session;
		const source = readText(context, 'source', 'Source', itemIndex);
		if (source === 'url') {
			const { label: url } = imageFromUrl(readText(context, 'url', 'URL', itemIndex));
			const answer = await send(connection, evoLink.uploadFromUrl(url));
			return [toItem(evoLink.readUpload(answer), itemIndex)];
		}
		const field = readText(context, 'binaryPropertyName', 'Input Data Field Name', itemIndex);
		const file = await fileFromBinary(context, itemIndex, field);
		checkLength(field, file.bytes);
		return [toItem(await uploadFile(connection, { label: field, file }), itemIndex)];
	},
};

function checkLength(field: string, bytes: number): void {
	if (bytes === 0) {
		throw badInput(`The file in "${field}" is empty.`, 'Check the step that makes this file.');
	}
	if (bytes > MOST_MEGABYTES * 1024 * 1024) {
		throw badInput(
			`The file in "${field}" is larger than ${MOST_MEGABYTES} MB, the most that EvoLink takes.`,
			'Make the file smaller.',
		);
	}
}

function toItem(file: UploadedFile, itemIndex: number): INodeExecutionData {
	return { json: { ...file } as IDataObject, pairedItem: { item: itemIndex } };
}
