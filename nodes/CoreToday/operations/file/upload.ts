// File: Upload. Puts a file into Core.Today's storage, where its models can fetch it.
import type { IDataObject } from 'n8n-workflow';

import { uploadFile } from '../../../../pipeline/media/inputImages';
import type { ItemOperation } from '../../../shared/operations';
import { readFileToUpload, uploadField } from '../../../shared/uploadField';
import type { CoreTodaySession } from '../../session';

export const upload: ItemOperation<CoreTodaySession> = {
	option: {
		name: 'Upload',
		value: 'upload',
		action: 'Upload a file',
		description: 'Put a file into your Core.Today storage, where the models can fetch it',
	},
	fields: [uploadField],
	run: async ({ tasks }, itemIndex) => {
		const { connection } = tasks;
		const { file } = await readFileToUpload(connection, itemIndex);
		const uploaded = await uploadFile(connection, { label: file.name, file });
		const json = { ...uploaded, name: file.name, bytes: file.bytes } as IDataObject;
		return [{ json, pairedItem: { item: itemIndex } }];
	},
};
