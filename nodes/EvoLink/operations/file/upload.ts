// File: Upload. Puts a file where EvoLink's models can fetch it.
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { imageFromUrl, uploadFile } from '../../../../pipeline/media';
import { ask } from '../../../../pipeline/session';
import type { UploadedFile } from '../../../../providers/contract';
import { sourceField } from '../../../shared/fields/imageFields';
import type { ItemOperation } from '../../../shared/execute/operations';
import { readFilled, readText } from '../../../shared/parameters/readParameters';
import { readFileToUpload, uploadField } from '../../../shared/fields/uploadField';
import type { EvoLinkSession } from '../../session';

export const upload: ItemOperation<EvoLinkSession> = {
	option: {
		name: 'Upload',
		value: 'upload',
		action: 'Upload a file',
		description:
			'Put a JPEG, PNG, GIF or WebP picture, sound or film where the models can fetch it, for 72 hours',
	},
	fields: [
		sourceField,
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
	run: async (session, { itemIndex }) => {
		const { context, connection, provider } = session;
		const source = readText(context, 'source', 'Source', itemIndex);
		if (source === 'url') {
			const { label: url } = imageFromUrl(readFilled(context, 'url', 'URL', itemIndex));
			const answer = await ask(connection, provider.uploadFromUrl(url));
			return [toItem(provider.readUpload(answer), itemIndex)];
		}
		const file = await readFileToUpload(connection, itemIndex);
		return [toItem(await uploadFile(connection, { label: file.name, file }), itemIndex)];
	},
};

function toItem(file: UploadedFile, itemIndex: number): INodeExecutionData {
	return { json: { ...file } as IDataObject, pairedItem: { item: itemIndex } };
}
