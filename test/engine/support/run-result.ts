// Reads out of a finished execution what tests ask about the node under test.
import type { IDataObject, INodeExecutionData, IRun, ITaskData } from 'n8n-workflow';

import { findBinary, readBinary } from './binary-store';
import type { EngineRun, Suspension } from './types';

export function describeRun(raw: IRun, nodeName: string, executionId: string): EngineRun {
	const tasks = raw.data.resultData.runData[nodeName] ?? [];
	const last = tasks.at(-1);
	const hints = tasks.flatMap((task) => task.hints ?? []);
	const outputs = last?.data?.ai_tool
		? [tasks.flatMap(toolAnswers)]
		: (last?.data?.main ?? []).map((output) => output ?? []);
	const items = outputs[0] ?? [];
	const pick = (item: INodeExecutionData | number) =>
		typeof item === 'number' ? items[item] : item;

	return {
		status: raw.status as EngineRun['status'],
		items,
		outputs,
		error: raw.data.resultData.error ?? last?.error,
		hints: hints.filter(({ type }) => type !== 'info'),
		notes: hints.filter(({ type }) => type === 'info').map(({ message }) => message),
		tokenUsage: last?.metadata?.tokenUsage,
		binary: async (item, field) => await readBinary(pick(item), field),
		binaryInfo: (item, field) => findBinary(pick(item), field),
		executionId,
		said: [],
		raw,
		saved: [],
		...notSuspendable,
	};
}

async function refuse(): Promise<never> {
	throw new Error('Only a run that was started with "suspendable" can go on after it has waited.');
}

const notSuspendable: Suspension = {
	passedOn: [],
	resumeUrl: '',
	deliveries: [],
	resumed: refuse,
	passTimeLimit: refuse,
};

/** A sub-node's answer is wrapped by n8n in one item; the engine's own run of a tool is not. */
function toolAnswers(task: ITaskData): INodeExecutionData[] {
	// After a failure n8n leaves the call's arguments where the answer would be.
	if (task.error) return [{ json: { error: task.error.message } }];
	const items = task.data?.ai_tool?.[0] ?? [];
	return items.flatMap((item) => {
		const { response } = item.json;
		if (!Array.isArray(response)) return [item];
		return (response as IDataObject[]).map((json) => ({ json }));
	});
}
