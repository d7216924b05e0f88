// Retry in n8n's list of executions: what the failed execution has started or finished is taken up, and not paid again.
import {
	errorOf,
	itemsOf,
	readExample,
	retried,
	runToEnd,
	saveAsNew,
	type ExampleWorkflow,
} from './support/n8n';
import { withSandbox } from './support/stage';

const MAKE = 'Make the pictures';
const NEXT = 'Your next steps';

const stage = withSandbox();

/** The campaign, made by a node of another example, so many items at a time. */
async function campaign(
	example: string,
	nodeName: string,
	ideas: string[],
	concurrency: number,
): Promise<ExampleWorkflow> {
	const maker = readExample(example).nodes.find(({ name }) => name === nodeName)!;
	const workflow = readExample('suspend-a-campaign');
	for (const node of workflow.nodes) {
		if (node.name === 'Ideas') node.parameters.jsonOutput = JSON.stringify({ idea: ideas });
		if (node.name !== MAKE) continue;
		const { type, credentials, parameters } = maker;
		const options = { ...(parameters.options as object), concurrency };
		Object.assign(node, { type, credentials });
		node.parameters = { ...parameters, prompt: '={{ $json.idea }}', options };
	}
	return await saveAsNew(workflow);
}

test('EvoLink: a task that was still under way when another item failed is taken up', async () => {
	const ideas = ['A slow boat [sandbox: seconds=4]', 'A kite [sandbox: create=400 times=1]'];
	const failed = await runToEnd(await campaign('first-image', 'Make an image', ideas, 2));
	expect(failed.status).toBe('error');

	const again = await retried(failed.id);
	expect(errorOf(again)).toBeUndefined();
	const made = itemsOf(again, NEXT);
	expect(made).toHaveLength(2);
	const boats = stage.sandbox.evolink
		.tasks()
		.filter(({ prompt }) => prompt.startsWith('A slow boat'));
	expect(boats.map(({ id }) => id)).toEqual([made[0]!.json.taskId]);
});

test('Image Chat: an image that was finished before another item failed is kept', async () => {
	const ideas = ['A finished boat', 'A kite [sandbox: create=400 times=1]'];
	const workflow = await campaign('image-by-chat', 'Ask for a picture', ideas, 1);
	const paidBefore = stage.sandbox.chat.calls().filter(({ status }) => status === 200).length;
	const failed = await runToEnd(workflow);
	expect(failed.status).toBe('error');

	const again = await retried(failed.id);
	expect(errorOf(again)).toBeUndefined();
	expect(itemsOf(again, NEXT)).toHaveLength(2);
	const paid = stage.sandbox.chat.calls().filter(({ status }) => status === 200).length;
	expect(paid - paidBefore).toBe(2);
});
