// What the package wrote into n8n's memory of the node before that had a version. An execution of then may be retried now.
import type { INodeExecutionData } from 'n8n-workflow';
import { z } from 'zod';

import type { FinishedTask, NodeMemory } from './nodeMemory';

const links = z.object({ images: z.array(z.object({ url: z.string() }).passthrough()) });
const items = z.record(
	z.object({
		wanted: z.string(),
		output: z.array(z.object({ json: z.record(z.unknown()) }).passthrough()),
	}),
);

/** Whatever doesn't have the form of then is ignored, each field by itself. */
const schema = z.object({
	firstExecution: z.string().optional().catch(undefined),
	startedTasks: z.record(z.string()).catch({}),
	finishedTasks: z.record(links.passthrough()).catch({}),
	unknownCreates: z.array(z.string()).catch([]),
	failedToolRuns: z.record(z.array(z.number())).catch({}),
	finishedItems: z.object({ runIndex: z.number(), items }).optional().catch(undefined),
});

export const UNVERSIONED_FIELDS = Object.keys(schema.shape);

export function readUnversioned(saved: object): Omit<NodeMemory, 'version'> {
	const { firstExecution, startedTasks, finishedTasks, unknownCreates, ...others } =
		schema.parse(saved);
	const creates: NodeMemory['creates'] = {};
	for (const key of unknownCreates) creates[key] = { state: 'unknown' };
	for (const [key, task] of Object.entries(finishedTasks)) {
		creates[key] = { state: 'finished', task: task as FinishedTask, files: {}, lost: {} };
	}
	for (const [key, taskId] of Object.entries(startedTasks)) {
		creates[key] = { state: 'started', taskId };
	}
	return {
		...(firstExecution !== undefined && { firstExecution }),
		creates,
		failedToolRuns: others.failedToolRuns,
		...(others.finishedItems && {
			finishedItems: others.finishedItems as {
				runIndex: number;
				items: Record<string, { wanted: string; output: INodeExecutionData[] }>;
			},
		}),
	};
}
