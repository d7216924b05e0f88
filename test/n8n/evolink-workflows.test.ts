// The example workflows with EvoLink in a real n8n process: executed, published, called back by the sandbox.
import {
	errorOf,
	fileBytes,
	firstTriggeredExecution,
	itemsOf,
	publish,
	readExample,
	runToEnd,
} from './support/n8n';
import { sizeOf } from './support/pictures';
import { withSandbox } from './support/stage';

const stage = withSandbox();

test('First image: the execution succeeds and holds the drawn file', async () => {
	const execution = await runToEnd(readExample('first-image'));
	expect(errorOf(execution)).toBeUndefined();
	expect(execution.status).toBe('success');

	const items = itemsOf(execution, 'Make an image');
	expect(items).toHaveLength(1);
	const { json, binary } = items[0]!;
	expect(json).toMatchObject({ status: 'succeeded', index: 0, count: 1, mimeType: 'image/png' });
	expect(await sizeOf(binary?.data)).toEqual({ width: json.width, height: json.height });
});

test('Edit an image: the second node takes the file of the first as its input image', async () => {
	const execution = await runToEnd(readExample('edit-an-image'));
	expect(errorOf(execution)).toBeUndefined();

	const drawn = itemsOf(execution, 'Draw the product')[0]!;
	const edited = itemsOf(execution, 'Put it in a new scene')[0]!;
	expect(edited.json.taskId).not.toBe(drawn.json.taskId);
	const before = await fileBytes(drawn.binary?.data);
	const after = await fileBytes(edited.binary?.data);
	expect(after.equals(before)).toBe(false);
});

test('Order and receive: the sandbox calls the published trigger, whose execution has the image', async () => {
	const receiver = readExample('receive-by-callback');
	await publish(receiver.id);
	const ordered = await runToEnd(readExample('order-with-callback'));
	expect(errorOf(ordered)).toBeUndefined();
	const { taskId } = itemsOf(ordered, 'Order an image')[0]!.json;

	const received = await firstTriggeredExecution(receiver.id);
	expect(received.status).toBe('success');
	const item = itemsOf(received, 'Your next steps')[0]!;
	expect(item.json).toMatchObject({ taskId, status: 'succeeded' });
	expect(await sizeOf(item.binary?.data)).toEqual({
		width: item.json.width,
		height: item.json.height,
	});
	expect(stage.sandbox.evolink.deliveries()).toHaveLength(1);
});

test('Give up waiting: the time limit ends the waiting, and the task is picked up with its image', async () => {
	const execution = await runToEnd(readExample('time-limit'));
	expect(errorOf(execution)).toBeUndefined();
	expect(execution.status).toBe('success');

	expect(itemsOf(execution, 'Make an image')).toEqual([]);
	const [failed] = itemsOf(execution, 'Make an image', 1);
	expect(failed?.json).toMatchObject({
		message: expect.stringContaining('2 seconds'),
		error: { kind: 'timeLimit', taskId: expect.stringMatching(/^task-/) },
	});
	const { taskId } = failed!.json.error as { taskId: string };
	const [item] = itemsOf(execution, 'Your next steps');
	expect(item?.json).toMatchObject({ taskId, status: 'succeeded' });
	expect(await sizeOf(item?.binary?.data)).toEqual({
		width: item?.json.width,
		height: item?.json.height,
	});
	expect(stage.sandbox.evolink.tasks().filter(({ id }) => id === taskId)).toHaveLength(1);
});

test('Every format: each is drawn in its shape, and one step behind brings exact pixels', async () => {
	const execution = await runToEnd(readExample('every-format'));
	const drawn = itemsOf(execution, 'Draw every format');
	expect(drawn.map(({ json }) => json.format)).toEqual([
		{ name: 'Instagram Post', width: 1080, height: 1350 },
		{ name: 'Story and Reel', width: 1080, height: 1920 },
		{ name: 'Link Preview or Ad', width: 1200, height: 628 },
		{ name: 'Newsletter header', width: 1200, height: 600 },
	]);
	expect(drawn.map(({ json }) => [json.width, json.height])).toEqual([
		[1088, 1360],
		[1152, 2048],
		[1376, 720],
		[1216, 608],
	]);
	// GraphicsMagick isn't on every computer: without it, Edit Image says so, in n8n 1 by this of an empty buffer.
	const failure = errorOf(execution);
	if (failure) {
		expect(JSON.stringify(failure)).toMatch(/GraphicsMagick|gm ENOENT|Stream yields empty buffer/);
		return;
	}
	const exact = itemsOf(execution, 'Bring exact pixels');
	for (const { json, binary } of exact) {
		const { width, height } = json.format as { width: number; height: number };
		expect(await sizeOf(binary?.data)).toEqual({ width, height });
	}
});
