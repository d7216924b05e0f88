// n8n's token accounting for background tasks: Wait reports what a task took, once.
import type { IDataObject } from 'n8n-workflow';

import { onTask, startTask } from './ordering';
import { startBench, type Bench } from './setup';

let bench: Bench;
beforeAll(async () => {
	bench = await startBench();
});
afterAll(async () => await bench.close());

/** Of the text model and of drawing together. */
function tokensOf({ usage }: IDataObject) {
	const { image_gen: drawing, ...text } = usage as Record<string, number> & {
		image_gen: Record<string, number>;
	};
	return {
		inputTokens: text.input_tokens! + drawing.input_tokens!,
		outputTokens: text.output_tokens! + drawing.output_tokens!,
	};
}

test('Wait reports the tokens of the text model and of drawing', async () => {
	const { run: started, key, id } = await startTask(bench, 'A boat');
	expect(started.tokenUsage).toBeUndefined();
	const run = await onTask(bench, 'wait', key, id);
	expect(run.error).toBeUndefined();
	expect(run.tokenUsage).toEqual(tokensOf(run.items[0]!.json));
	expect(run.tokenUsage!.outputTokens).toBeGreaterThan(0);
});

test('of a task that stands at two items it reports them once', async () => {
	const { key, id } = await startTask(bench, 'A boat');
	const items = [{ json: {} }, { json: {} }];
	const run = await bench.run('task/wait', { taskId: id }, { key, items });
	expect(run.items).toHaveLength(2);
	expect(run.tokenUsage).toEqual(tokensOf(run.items[0]!.json));
});

test('of several tasks it reports the sum, also after a second try', async () => {
	const key = bench.addKey();
	const prompts = ['One', 'Two [sandbox: poll=400 times=1]'];
	const ids: string[] = [];
	for (const prompt of prompts) ids.push((await startTask(bench, prompt, {}, { key })).id);
	const run = await bench.run(
		'task/wait',
		{ taskId: '={{ $json.taskId }}' },
		{ key, items: ids.map((taskId) => ({ json: { taskId } })), retryOnFail: { maxTries: 2 } },
	);
	expect(run.error).toBeUndefined();
	const each = run.items.map(({ json }) => tokensOf(json));
	expect(run.tokenUsage).toEqual({
		inputTokens: each[0]!.inputTokens + each[1]!.inputTokens,
		outputTokens: each[0]!.outputTokens + each[1]!.outputTokens,
	});
});

test('of several tasks that one item names it reports each once', async () => {
	const key = bench.addKey();
	const one = await startTask(bench, 'One', {}, { key });
	const two = await startTask(bench, 'Two and a boat', {}, { key });
	const taskId = [one.id, two.id, one.id].join(', ');
	const run = await bench.run('task/wait', { taskId }, { key });
	expect(run.error).toBeUndefined();
	expect(run.items.map(({ json }) => json.taskId)).toEqual([one.id, two.id]);
	const [first, second] = run.items.map(({ json }) => tokensOf(json));
	expect(run.tokenUsage).toEqual({
		inputTokens: first!.inputTokens + second!.inputTokens,
		outputTokens: first!.outputTokens + second!.outputTokens,
	});
});

test('Get reports none: it may look at the same task many times', async () => {
	const { key, id } = await startTask(bench, 'A boat');
	bench.sandbox.openai.finishResponse(id);
	const run = await onTask(bench, 'get', key, id);
	expect(run.items[0]!.json).toMatchObject({ status: 'succeeded' });
	expect(run.tokenUsage).toBeUndefined();
});

test('a task that ended without an image reports nothing', async () => {
	const { key, id } = await startTask(bench, 'A boat [sandbox: fail=server_error]');
	const run = await onTask(bench, 'wait', key, id);
	expect(run.error?.message).toBe('OpenAI: The response failed: server_error.');
	expect(run.tokenUsage).toBeUndefined();
});
