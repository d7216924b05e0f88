// File: Upload, for every provider that keeps files: a binary field's file, and where it lies then.
import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { uploadFile } from '../../../pipeline/media';
import { readFileToUpload, uploadField } from '../fields/uploadField';
import type { Account } from './openAccount';
import type { ItemOperation } from './operations';

/** `description` says what a person has of it. */
export function uploadOperation(
	description: string,
): ItemOperation<Pick<Account<IExecuteFunctions, unknown>, 'connection'>> {
	return {
		option: { name: 'Upload', value: 'upload', action: 'Upload a file', description },
		fields: [uploadField],
		run: async ({ connection }, { itemIndex }) => {
			const file = await readFileToUpload(connection, itemIndex);
			const uploaded = await uploadFile(connection, { label: file.name, file });
			const json = { ...uploaded, name: file.name, bytes: file.bytes } as IDataObject;
			return [{ json, pairedItem: { item: itemIndex } }];
		},
	};
}
