// The node in front of the one under test: it puts out the test's items, files stored for real.
import {
	NodeConnectionTypes,
	type IBinaryKeyData,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
} from 'n8n-workflow';

import type { InputItem } from './types';

export const ITEMS_NODE_NAME = 'Items';

export function createItemsNode(items: InputItem[]): INodeType {
	return {
		description: {
			displayName: ITEMS_NODE_NAME,
			name: 'engineTestItems',
			group: ['input'],
			version: 1,
			description: 'Puts out the items of a test',
			defaults: { name: ITEMS_NODE_NAME },
			inputs: [],
			outputs: [NodeConnectionTypes.Main],
			properties: [],
		},
		async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
			const output: INodeExecutionData[] = [];
			for (const { json = {}, binary } of items) {
				const item = (
					json === 'missing' ? {} : { json: structuredClone(json) }
				) as INodeExecutionData;
				if (binary) item.binary = await storeFiles(this, binary);
				output.push(item);
			}
			return [output];
		},
	};
}

async function storeFiles(
	context: IExecuteFunctions,
	files: NonNullable<InputItem['binary']>,
): Promise<IBinaryKeyData> {
	const stored: IBinaryKeyData = {};
	for (const [field, { content, fileName, mimeType }] of Object.entries(files)) {
		stored[field] = await context.helpers.prepareBinaryData(content, fileName, mimeType);
	}
	return stored;
}
