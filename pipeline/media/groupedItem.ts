// All images of an input item as one item: their files beside each other, their facts in a list, their costs added up once.
import type { IBinaryKeyData, IDataObject, INodeExecutionData } from 'n8n-workflow';

import type { Cost } from '../../providers/contract';
import { sumOfCosts, sumOfUsages } from './costShares';
import { definedFields } from './imageItem';

/** What stands above the list, in this order. */
const SHARED = [
	'taskId',
	'provider',
	'model',
	'prompt',
	'reference',
	'orderedBefore',
	'status',
	'count',
] as const;
/** What is added up. */
const SUMMED = ['usage', 'cost'] as const;

/** Of at least one image that is there. Those that can't be had stand in their places in the list. */
export function groupedItem(items: INodeExecutionData[]): INodeExecutionData {
	const { json: first, pairedItem } = items.find(({ json }) => json.status !== 'failed')!;
	const all = items.map(({ json }) => json);
	const taskIds = [...new Set(all.flatMap(({ taskId }) => taskId ?? []))];
	const { taskId, ...others } = Object.fromEntries(SHARED.map((name) => [name, first[name]]));
	const json = {
		taskId,
		taskIds: taskIds.length > 1 ? taskIds : undefined,
		...others,
		images: all.map((each) => withoutShared(each, all)),
		usage: sumOfUsages(all.flatMap(({ usage }) => (usage ? [usage as IDataObject] : []))),
		cost: sumOfCosts(all.flatMap(({ cost }) => (cost ? [cost as unknown as Cost] : []))),
	};
	const binary: IBinaryKeyData = Object.assign({}, ...items.map((item) => item.binary));
	return {
		json: definedFields(json as unknown as IDataObject),
		...(Object.keys(binary).length > 0 && { binary }),
		pairedItem,
	};
}

/** What is the same of all stands above; what differs, such as the task, at each image. */
function withoutShared(json: IDataObject, all: IDataObject[]): IDataObject {
	const isAbove = (name: string) =>
		SUMMED.some((each) => each === name) ||
		(SHARED.some((each) => each === name) && all.every((each) => each[name] === json[name]));
	return Object.fromEntries(Object.entries(json).filter(([name]) => !isAbove(name)));
}

/** The tasks of an input item that have only been started, as one item: their IDs fetch all images together. */
export function groupedTasks(items: INodeExecutionData[]): INodeExecutionData {
	const [{ json: first, pairedItem }] = items as [INodeExecutionData];
	const { taskId, provider, model, prompt, reference, orderedBefore, status } = first;
	const taskIds = items.map(({ json }) => json.taskId) as string[];
	const json = { taskId, taskIds, provider, model, prompt, reference, orderedBefore, status };
	return { json: definedFields(json), pairedItem };
}
