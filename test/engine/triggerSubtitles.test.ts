// What stands below a trigger on the canvas: the events that start it, in words.
import type { INodeType } from 'n8n-workflow';

import { CoreTodayTrigger } from '../../nodes/CoreToday/CoreTodayTrigger.node';
import { EvoLinkTrigger } from '../../nodes/EvoLink/EvoLinkTrigger.node';
import { FalTrigger } from '../../nodes/Fal/FalTrigger.node';
import { OpenAiImagesTrigger } from '../../nodes/OpenAiImages/OpenAiImagesTrigger.node';
import { createNodeTypes } from './support/node-types';
import { createNode, createWorkflow } from './support/workflow';

/** As the editor works it out. */
function subtitleOf(trigger: INodeType, parameters = {}) {
	const node = createNode({ node: trigger, parameters });
	const workflow = createWorkflow({ nodes: [node], nodeTypes: createNodeTypes(trigger) });
	const { subtitle } = trigger.description;
	const [saved] = Object.values(workflow.nodes);
	return workflow.expression.getSimpleParameterValue(saved!, subtitle, 'internal', {});
}

test.each([
	['EvoLink', new EvoLinkTrigger()],
	['Core.Today', new CoreTodayTrigger()],
	['fal', new FalTrigger()],
])('of the %s Trigger', (_name, trigger) => {
	expect(subtitleOf(trigger)).toBe('completed');
	const events = ['cancelled', 'succeeded', 'failed'];
	expect(subtitleOf(trigger, { events })).toBe('cancelled, completed, failed');
});

test('of the OpenAI Images Trigger', () => {
	const trigger = new OpenAiImagesTrigger();
	expect(subtitleOf(trigger)).toBe('task completed, batch completed');
	const events = ['response.failed', 'response.incomplete', 'batch.expired', 'batch.failed'];
	expect(subtitleOf(trigger, { events })).toBe(
		'task failed, task incomplete, batch expired, batch failed',
	);
});
