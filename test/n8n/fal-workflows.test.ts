// The example workflow with fal in a real n8n process: a picture, four others made of it by its link, and one cut out.
import { errorOf, itemsOf, readExample, runToEnd } from './support/n8n';
import { sizeOf } from './support/pictures';
import { withSandbox } from './support/stage';

const stage = withSandbox();

test('One product, four scenes: each scene comes out as an item, with what fal has charged', async () => {
	const execution = await runToEnd(readExample('fal-four-scenes'));
	expect(errorOf(execution)).toBeUndefined();
	const scenes = itemsOf(execution, 'Put it into each scene');
	expect(scenes.map(({ json }) => [json.status, json.model])).toEqual(
		Array.from({ length: 4 }, () => ['succeeded', 'fal-ai/flux-2/edit']),
	);
	for (const { json, binary } of scenes) {
		expect(await sizeOf(binary?.data)).toEqual({ width: json.width, height: json.height });
		expect(json.prompt).toContain(String(json.scene));
	}
	const [cutOut] = itemsOf(execution, 'Cut it out');
	expect(cutOut?.json).toMatchObject({ status: 'succeeded', mimeType: 'image/png' });
	const [product] = itemsOf(execution, 'Draw the product');
	const costs = [product!, ...scenes, cutOut!].map(
		({ json }) => json.cost as { amount: number; estimated: boolean },
	);
	expect(costs.every(({ estimated }) => !estimated)).toBe(true);
	const tasks = stage.sandbox.fal.tasks();
	expect(tasks).toHaveLength(6);
	const charged = tasks.reduce((sum, { cost }) => sum + cost, 0);
	expect(costs.reduce((sum, { amount }) => sum + amount, 0)).toBeCloseTo(charged, 6);
});
