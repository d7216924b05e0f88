// The node behind the one under test, where the run can wait: it passes on what it is given.
import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
} from 'n8n-workflow';

export const PASS_ON_NODE_NAME = 'Pass On';

export const passOnNode: INodeType = {
	description: {
		displayName: PASS_ON_NODE_NAME,
		name: 'engineTestPassOn',
		group: ['transform'],
		version: 1,
		description: 'Puts out what it is given',
		defaults: { name: PASS_ON_NODE_NAME },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		properties: [],
	},
	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return [this.getInputData()];
	},
};
