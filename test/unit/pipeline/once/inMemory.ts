// As much of n8n's context as keeps a node's memory, counts runs, logs and shows hints; and a connection in it.
import type { IDataObject, IExecuteFunctions, INodeParameters } from 'n8n-workflow';

import type { Connection } from '../../../../pipeline/connection';
import type { CreateState, KeptCreate } from '../../../../pipeline/once/nodeMemory';
import { createRedactor } from '../../../../pipeline/secrets/redactor';
import { connectionWithStore } from '../pictureStore';

export const SECRET = 'sk-secret-key';

export interface Run {
	runIndex: number;
	type: string;
	parameters: INodeParameters;
	/** What came in, one for each item. */
	input: IDataObject[];
}

/** Each run of a node that `begin` begins has the same memory, as n8n hands it on. It is of the first run at first. */
export function nodeInMemory() {
	const saved: Record<string, unknown> = {};
	const memories: Record<string, object> = { node: saved, flow: {} };
	const logged: string[] = [];
	const hints: string[] = [];

	function begin(given: Partial<Run> = {}): IExecuteFunctions {
		const { runIndex = 0, type = 'evoLink', parameters = {}, input = [{}] } = given;
		return {
			getContext: (type: string) => memories[type],
			getWorkflowDataProxy: () => ({ $runIndex: runIndex }),
			getNode: () => ({ type, parameters, name: 'My Node' }),
			getExecutionId: () => '17',
			getInputData: () => input.map((json) => ({ json })),
			addExecutionHints: ({ message }: { message: string }) => hints.push(message),
			logger: { info: (line: string) => logged.push(line) },
		} as unknown as IExecuteFunctions;
	}

	return {
		begin,
		/** What the node remembers, as n8n saves it. */
		memory: () =>
			JSON.parse(JSON.stringify(saved.imagegen ?? null)) as {
				creates: Record<string, KeptCreate>;
				finishedItems?: unknown;
			},
		remember: (creates: Record<string, CreateState>) => {
			saved.imagegen = { version: 1, creates, failedToolRuns: {} };
		},
		logged,
		hints,
	};
}

export function connectionIn(context: IExecuteFunctions): Connection<IExecuteFunctions> {
	return { ...connectionWithStore().connection, context, redact: createRedactor([SECRET]) };
}
