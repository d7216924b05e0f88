// The example workflows with OpenAI in a real n8n process: analyzed, waited for, ordered as a batch and received.
import {
	errorOf,
	firstTriggeredExecution,
	itemsOf,
	publish,
	readExample,
	runToEnd,
	unpublish,
	until,
} from './support/n8n';
import { sizeOf } from './support/pictures';
import { settings } from './support/settings';
import { withSandbox } from './support/stage';

const stage = withSandbox();

test('Write a better prompt: the answer about the first picture becomes the prompt of the second', async () => {
	const execution = await runToEnd(readExample('better-prompt'));
	expect(errorOf(execution)).toBeUndefined();

	const [seen] = itemsOf(execution, 'Look at the draft');
	expect(seen?.json.text).toContain('1024 × 1024');
	const [written] = itemsOf(execution, 'Write a better prompt');
	expect(written?.json.text).toContain(String(seen?.json.text).slice(0, 30));
	const [drawn] = itemsOf(execution, 'Draw it well');
	expect(await sizeOf(drawn?.binary?.data)).toEqual({ width: 1536, height: 1024 });
	expect(drawn?.json).toMatchObject({ cost: { currency: 'USD', estimated: true } });
	const prompts = stage.sandbox.openai.calls().map(({ parameters }) => parameters.prompt);
	expect(prompts).toContain(written?.json.text);
});

test('Start a task now: its ID goes on at once, and the task is fetched with its image', async () => {
	const execution = await runToEnd(readExample('background-task'));
	expect(errorOf(execution)).toBeUndefined();

	const [started] = itemsOf(execution, 'Start the task');
	expect(started?.json.taskId).toMatch(/^resp_/);
	expect(started?.binary).toBeUndefined();
	const [fetched] = itemsOf(execution, 'Wait for the image');
	expect(fetched?.json).toMatchObject({ taskId: started?.json.taskId, status: 'succeeded' });
	expect(await sizeOf(fetched?.binary?.data)).toEqual({ width: 1024, height: 1536 });
});

test('Order a batch: the trigger registers itself, receives the signed report, and is taken back', async () => {
	const receiver = readExample('receive-batches');
	await publish(receiver.id);
	const endpoints = () => stage.sandbox.openai.webhookEndpoints();
	await until(() => endpoints().length > 0);
	expect(endpoints()[0]).toMatchObject({
		url: expect.stringContaining(`${settings.url}/webhook/`),
		eventTypes: ['batch.completed'],
	});

	const ordered = await runToEnd(readExample('order-a-batch'));
	expect(errorOf(ordered)).toBeUndefined();
	const [batch] = itemsOf(ordered, 'Order the pictures');
	expect(batch?.json.batchId).toMatch(/^batch_/);

	const received = await firstTriggeredExecution(receiver.id);
	expect(errorOf(received)).toBeUndefined();
	const items = itemsOf(received, 'Your next steps');
	expect(items.map(({ json }) => json.customId)).toEqual(['product-1', 'product-2', 'product-3']);
	for (const { json, binary } of items) {
		expect(json).toMatchObject({ batchId: batch?.json.batchId, status: 'succeeded' });
		expect(await sizeOf(binary?.data)).toEqual({ width: 1024, height: 1024 });
	}
	expect(stage.sandbox.openai.deliveries()).toMatchObject([{ status: 200 }]);

	await unpublish(receiver.id);
	await until(() => endpoints().length === 0);
});
