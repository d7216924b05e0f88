// The example workflows with Core.Today and Image Chat in a real n8n process.
import {
	errorOf,
	firstTriggeredExecution,
	itemsOf,
	publish,
	readExample,
	runToEnd,
} from './support/n8n';
import { sizeOf } from './support/pictures';
import { withSandbox } from './support/stage';

const stage = withSandbox();

test('Three versions: three predictions come out as three items in order', async () => {
	const execution = await runToEnd(readExample('three-versions'));
	expect(errorOf(execution)).toBeUndefined();
	const items = itemsOf(execution, 'Draw three versions');
	expect(items.map(({ json }) => [json.index, json.count])).toEqual([
		[0, 3],
		[1, 3],
		[2, 3],
	]);
	for (const { json, binary } of items) {
		expect(await sizeOf(binary?.data)).toEqual({ width: json.width, height: json.height });
	}
	expect(stage.sandbox.coreToday.predictions()).toHaveLength(3);
});

test('Order at Core.Today: the published trigger is called, and its execution has the image', async () => {
	const receiver = readExample('receive-from-core-today');
	await publish(receiver.id);
	const ordered = await runToEnd(readExample('order-at-core-today'));
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
});

test('An image by chat: the second request sends the first picture back', async () => {
	const execution = await runToEnd(readExample('image-by-chat'));
	expect(errorOf(execution)).toBeUndefined();
	const [changed] = itemsOf(execution, 'Ask for a change');
	expect(changed?.json).toMatchObject({ provider: 'imagechat', status: 'succeeded' });
	expect(await sizeOf(changed?.binary?.data)).toEqual({
		width: changed?.json.width,
		height: changed?.json.height,
	});
	const [first, second] = stage.sandbox.chat.calls();
	expect(first!.imagesIn).toHaveLength(0);
	expect(second!.imagesIn).toHaveLength(1);
});
