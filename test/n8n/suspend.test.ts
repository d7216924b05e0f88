// Suspended executions in a real n8n process: put aside, called back, forged, failed, and overtaken by their time limit.
import {
	errorOf,
	finished,
	itemsOf,
	reached,
	readExample,
	runToEnd,
	saveAsNew,
	start,
	type ExampleWorkflow,
} from './support/n8n';
import { sizeOf } from './support/pictures';
import { withSandbox } from './support/stage';

const MAKE = 'Make the pictures';
const NEXT = 'Your next steps';
const KEY = 'sandbox-evolink-key';

const stage = withSandbox();

/** The example with other ideas, saved as a workflow of its own. */
async function campaign(ideas: string[], options: object = {}): Promise<ExampleWorkflow> {
	const example = readExample('suspend-a-campaign');
	for (const { name, parameters } of example.nodes) {
		if (name === 'Ideas') parameters.jsonOutput = JSON.stringify({ idea: ideas });
		if (name === MAKE) Object.assign(parameters, { options });
	}
	return await saveAsNew(example);
}

function tasksFor(idea: string) {
	return stage.sandbox.evolink.tasks().filter(({ prompt }) => prompt.startsWith(idea));
}

/** Ends what is still at work: tasks here take longer than any test. */
function finishTasksFor(idea: string): void {
	for (const { id } of tasksFor(idea)) stage.sandbox.evolink.finishTask(id);
}

test('the example is put aside, and goes on with all pictures in order', async () => {
	stage.sandbox.evolink.setFaults(KEY, { seconds: 3600 });
	const id = await start(readExample('suspend-a-campaign'));
	await reached(id, 'waiting');
	stage.sandbox.evolink.setFaults(KEY, {});
	finishTasksFor('');
	const execution = await finished(id);
	expect(errorOf(execution)).toBeUndefined();

	const items = itemsOf(execution, NEXT);
	expect(items.map(({ pairedItem }) => pairedItem)).toHaveLength(3);
	const ideas = itemsOf(execution, 'One item for each').map(({ json }) => json.idea);
	const made = itemsOf(execution, MAKE);
	for (const [index, { json, binary, pairedItem }] of made.entries()) {
		expect(json.status).toBe('succeeded');
		expect(pairedItem).toEqual({ item: index });
		const task = stage.sandbox.evolink.tasks().find((each) => each.id === json.taskId);
		expect(task?.prompt).toBe(ideas[index]);
		expect(await sizeOf(binary?.data)).toEqual({ width: json.width, height: json.height });
	}
	expect(items.map(({ json }) => json.taskId)).toEqual(made.map(({ json }) => json.taskId));
});

test('a forged callback changes nothing, and the real one still counts', async () => {
	const id = await start(await campaign(['A forged kite [sandbox: seconds=3600]']));
	await reached(id, 'waiting');
	const callbackUrl = tasksFor('A forged kite')[0]!.callbackUrl!;
	const forged = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' };
	const withoutTokens = callbackUrl.replace(/\?.*/, '');
	expect((await fetch(withoutTokens, forged)).status).toBe(401);
	const ownTokenOnly = callbackUrl.replace(/([?&])token=[^&]*/, '$1token=guessed');
	expect((await fetch(ownTokenOnly, forged)).status).toBe(401);
	expect((await fetch(callbackUrl, forged)).status).toBe(200);
	await reached(id, 'waiting');

	finishTasksFor('A forged kite');
	const execution = await finished(id);
	expect(errorOf(execution)).toBeUndefined();
	expect(itemsOf(execution, NEXT)).toHaveLength(1);
});

test('a failed task ends the execution with its reason and the IDs of the others', async () => {
	const execution = await runToEnd(
		await campaign(['A good boat', 'A bad boat [sandbox: fail=content_policy_violation]']),
	);
	expect(execution.status).toBe('error');
	expect(itemsOf(execution, NEXT)).toEqual([]);
	const error = execution.data.resultData.error as { message: string; description?: string };
	expect(error.message).toMatch(/refus|polic/i);
	expect(error.description).toContain(tasksFor('A bad boat')[0]!.id);
	expect(error.description).toContain(tasksFor('A good boat')[0]!.id);
});

test('when the time limit comes first, the items go on with their task IDs and are picked up', async () => {
	const idea = 'A silent bench [sandbox: callback=lose]';
	const execution = await runToEnd(await campaign([idea], { timeLimitSeconds: 5 }));
	expect(errorOf(execution)).toBeUndefined();
	const [task] = tasksFor('A silent bench');
	expect(itemsOf(execution, MAKE)[0]?.json).toMatchObject({ taskId: task!.id, status: 'queued' });
	// The node's own input stays as it was.
	expect(itemsOf(execution, 'One item for each')[0]?.json).toEqual({ idea });
	const [item] = itemsOf(execution, NEXT);
	expect(item?.json).toMatchObject({ taskId: task!.id, status: 'succeeded' });
	expect(await sizeOf(item?.binary?.data)).toEqual({
		width: item?.json.width,
		height: item?.json.height,
	});
});
