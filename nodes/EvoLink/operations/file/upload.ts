// File: Upload. Puts a file where EvoLink's models can fetch it.
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { imageFromUrl, uploadFile } from '../../../../pipeline/media/inputImages';
import { send } from '../../../../pipeline/http/send';
import type { UploadedFile } from '../../../../providers/contract';
import type { ItemOperation } from '../../../shared/operations';
import { readText } from '../../../shared/parameters';
import { readFileToUpload, uploadField } from '../../../shared/uploadField';
import type { EvoLinkSession } from '../../session';

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
		{ ...uploadField, displayOptions: { show: { source: ['binary'] } } },
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
		const { field, file } = await readFileToUpload(connection, itemIndex);
		return [toItem(await uploadFile(connection, { label: field, file }), itemIndex)];
	},
};

function toItem(file: UploadedFile, itemIndex: number): INodeExecutionData {
	return { json: { ...file } as IDataObject, pairedItem: { item: itemIndex } };
}
