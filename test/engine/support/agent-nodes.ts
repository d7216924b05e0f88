// Two nodes that call a tool the two ways n8n's AI Agent does, without a language model.
import {
	NodeConnectionTypes,
	jsonParse,
	type EngineRequest,
	type EngineResponse,
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

export const AGENT_NODE_NAME = 'Agent';

interface Tool {
	invoke(input: IDataObject): Promise<string>;
}

const description: INodeTypeDescription = {
	displayName: AGENT_NODE_NAME,
	name: 'engineTestAgent',
	group: ['transform'],
	version: 1,
	description: 'Calls a tool once for each item',
	defaults: { name: AGENT_NODE_NAME },
	inputs: [
		NodeConnectionTypes.Main,
		{ displayName: 'Tool', type: NodeConnectionTypes.AiTool, required: true },
	],
	outputs: [NodeConnectionTypes.Main],
	properties: [],
};

/** As agents before version 3: the tool is a LangChain object that runs inside the agent. */
export function createSubNodeAgent(isAtOnce: boolean): INodeType {
	return {
		description,
		async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
			const tools = await this.getInputConnectionData(NodeConnectionTypes.AiTool, 0);
			const [tool] = tools as Tool[];
			const call = async ({ json }: INodeExecutionData): Promise<INodeExecutionData> => {
				const response = jsonParse<IDataObject[]>((await tool?.invoke(json)) ?? '[]');
				return { json: { response } };
			};
			const given = this.getInputData();
			if (isAtOnce) return [await Promise.all(given.map(call))];
			const answers: INodeExecutionData[] = [];
			for (const item of given) answers.push(await call(item));
			return [answers];
		},
	};
}

/** As agents from version 3 on: the agent steps aside and the engine runs the tool as a node. */
export function createRequestingAgent(toolName: string): INodeType {
	return {
		description,
		async execute(
			this: IExecuteFunctions,
			response?: EngineResponse,
		): Promise<INodeExecutionData[][] | EngineRequest> {
			if (response?.actionResponses.length) {
				return [response.actionResponses.map(({ data }) => ({ json: { ...data.data } }))];
			}
			const actions = this.getInputData().map(({ json }, index) => ({
				actionType: 'ExecutionNodeAction' as const,
				nodeName: toolName,
				input: json,
				type: NodeConnectionTypes.AiTool,
				id: `call-${index}`,
				metadata: { itemIndex: index },
			}));
			return { actions, metadata: {} };
		},
	};
}
