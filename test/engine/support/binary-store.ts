// n8n's binary store in a folder of ours, and the way back from an item to its bytes.
import { join } from 'node:path';

import { Container } from '@n8n/di';
import { BinaryDataConfig, BinaryDataService } from 'n8n-core';
import {
	BINARY_IN_JSON_PROPERTY,
	type IBinaryData,
	type IDataObject,
	type INodeExecutionData,
} from 'n8n-workflow';

export async function openBinaryStore(
	mode: 'default' | 'filesystem',
	folder: string,
): Promise<void> {
	const config = Container.get(BinaryDataConfig);
	config.mode = mode;
	config.localStoragePath = join(folder, 'storage');
	await Container.get(BinaryDataService).init();
}

/** A file hangs on the item, or in its json where the workflow combines the two. */
export function findBinary(item: INodeExecutionData | undefined, field = 'data'): IBinaryData {
	const combined = item?.json[BINARY_IN_JSON_PROPERTY] as IDataObject | undefined;
	const found = item?.binary?.[field] ?? (combined?.[field] as IBinaryData | undefined);
	if (!found) throw new Error(`The item has no file in "${field}": ${JSON.stringify(item)}`);
	return found;
}

export async function readBinary(
	item: INodeExecutionData | undefined,
	field?: string,
): Promise<Buffer> {
	return await Container.get(BinaryDataService).getAsBuffer(findBinary(item, field));
}
