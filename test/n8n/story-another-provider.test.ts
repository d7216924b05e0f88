// The story "Another provider when one fails": each kind of failure goes its way, and no picture is paid twice.
import { canvasPart, keepForDocs } from './support/canvas';
import { storedFiles } from './support/file-store';
import { errorOf, type Execution, itemsOf, readExample, runToEnd, saveAsNew } from './support/n8n';
import { withEditor } from './support/stage';

const stage = withEditor();
const example = readExample('another-provider');

/** Those that EvoLink has not charged, whatever the reason. */
const ELSEWHERE = ['blue-sofa', 'green-lamp', 'white-teapot', 'black-chair', 'grey-vase'];
const LATER = 'yellow-kettle';
const FOR_A_PERSON = 'pink-clock';

const namesOf = (execution: Execution, node: string, output = 0) =>
	itemsOf(execution, node, output).map(({ json }) => json.name);

interface Failure {
	kind: string;
	mayBeCharged: boolean;
}

/** How often each of them was ordered at EvoLink, and how often at fal. */
function orders(): { evolink: string[]; fal: string[] } {
	const { evolink, fal } = stage.sandbox;
	return {
		evolink: evolink.tasks().map(({ prompt }) => prompt),
		fal: fal.tasks().map(({ input }) => String((input as { prompt: unknown }).prompt)),
	};
}

test('each kind of failure goes its way, and each picture is paid once', async () => {
	const execution = await runToEnd(example);
	expect(errorOf(execution)).toBeUndefined();
	expect(execution.status).toBe('success');

	expect(namesOf(execution, 'Draw with EvoLink')).toEqual(['red-bicycle']);
	const failures = itemsOf(execution, 'Draw with EvoLink', 1).map(({ json }) => {
		const { kind, mayBeCharged } = json.error as unknown as Failure;
		return [json.name, kind, mayBeCharged];
	});
	expect(failures).toEqual([
		['blue-sofa', 'balance', false],
		['green-lamp', 'providerDown', false],
		['white-teapot', 'rateLimit', false],
		['black-chair', 'modelGone', false],
		['grey-vase', 'moderation', false],
		[LATER, 'timeLimit', true],
		[FOR_A_PERSON, 'outcomeUnknown', true],
	]);

	expect(namesOf(execution, 'Fetch it when it is ready')).toEqual([LATER]);
	expect(namesOf(execution, 'Draw with fal')).toEqual(ELSEWHERE);
	expect(itemsOf(execution, 'For a person').map(({ json }) => json)).toEqual([
		{
			name: FOR_A_PERSON,
			whatHappened: expect.stringContaining('outcome of this paid request is unknown'),
			whatToDo: expect.stringContaining('may have been charged'),
			taskId: null,
		},
	]);

	const stored = ['red-bicycle', LATER, ...ELSEWHERE].map((name) => `${name}.png`).sort();
	expect((await storedFiles()).map(({ name }) => name).sort()).toEqual(stored);

	const { evolink, fal } = orders();
	expect(fal.sort()).toEqual(
		itemsOf(execution, 'Draw with fal')
			.map(({ json }) => json.prompt)
			.sort(),
	);
	// Refused orders make no task, and the refused content's is not charged.
	expect(evolink).toHaveLength(4);
	expect(new Set(evolink).size).toBe(4);

	const { page } = stage.editor;
	await page.setViewportSize({ width: 1000, height: 800 });
	await page.goto(stage.sandbox.street.filesUrl);
	await keepForDocs(page, 'story-another-provider-files');
});

test('above the Maximum Cost nothing is ordered anywhere', async () => {
	const before = orders();
	const nodes = example.nodes.map((node) =>
		node.name === 'Draw with EvoLink'
			? { ...node, parameters: { ...node.parameters, options: { maximumCost: 0.001 } } }
			: node,
	);
	const execution = await runToEnd(await saveAsNew({ ...example, nodes }));
	expect(errorOf(execution)).toBeUndefined();
	expect(itemsOf(execution, 'For a person')).toHaveLength(8);
	expect(itemsOf(execution, 'Draw with fal')).toEqual([]);
	expect(orders()).toEqual(before);
});

test('its pictures, for its page', async () => {
	const { editor } = stage;
	await editor.page.setViewportSize({ width: 1900, height: 1200 });
	await editor.openWorkflow(example.id, 'Store the picture');
	expect(errorOf(await editor.execute())).toBeUndefined();
	// Of the last node, too, which has stored all.
	await editor.page
		.getByText(/^7 items/)
		.nth(1)
		.waitFor();
	const part = await canvasPart(editor.page);
	// With the last exit, which leads nowhere.
	await keepForDocs(editor.page, 'story-another-provider', { ...part, width: part.width + 60 });
	const node = editor.page.getByTestId('canvas-node').filter({ hasText: 'Where to?' });
	await editor.page.setViewportSize({ width: 1440, height: 960 });
	await node.dblclick();
	await editor.panel.waitFor();
	await keepForDocs(editor.page, 'story-another-provider-switch', await editor.panel.boundingBox());
});
