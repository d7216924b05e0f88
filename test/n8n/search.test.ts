// Which of our nodes the editor's search finds by the words that people type, and what their lines say.
import type { FoundLine } from './support/editor';
import { eventually } from './support/eventually';
import { withEditor } from './support/stage';

const stage = withEditor();

const OURS = ['Core.Today', 'EvoLink', 'Image Chat', 'OpenAI Images'];

/** What people type, and the nodes of ours that fit. */
const FOUND: Array<[words: string, nodes: string[]]> = [
	['image', OURS],
	['picture', OURS],
	['photo', OURS],
	['product photo', OURS],
	['generate image', OURS],
	['create image', OURS],
	['draw', OURS],
	['paint', OURS],
	['edit photo', OURS],
	['ai art', OURS],
	['dall-e', ['OpenAI Images']],
	['dalle', ['OpenAI Images']],
	['gpt image', OURS],
	['gpt-image', OURS],
	['openai', ['Image Chat', 'OpenAI Images']],
	['nano banana', ['EvoLink', 'Image Chat']],
	['flux', ['Core.Today', 'Image Chat']],
	['poster', OURS],
	['flyer', OURS],
	['alt text', ['OpenAI Images']],
	['logo', OURS],
	['banner', OURS],
	['social media', OURS],
	['background', OURS],
	['이미지', OURS],
	['그림', OURS],
];

/** Our lines, as n8n shows them: a trigger would stand in one of its own if n8n hadn't put it into its node's. */
const oursIn = (lines: FoundLine[]) =>
	lines.filter(({ name }) => OURS.includes(name.replace(/ Trigger$/, '')));

describe.each([
	['in an empty workflow', false],
	['under "What happens next?"', true],
])('%s', (_where, isNext) => {
	beforeAll(async () => {
		await stage.editor.openNewWorkflow();
		if (isNext) await stage.editor.addManualTrigger();
		await stage.editor.openNodeList();
	});

	test.each(FOUND)(
		'"%s" finds what fits, and each line says what the node does',
		async (words, nodes) => {
			await stage.editor.searchAnew(words, nodes[0]!);
			await eventually(async () => {
				const lines = oursIn(await stage.editor.linesFound());
				expect(lines.map(({ name }) => name).sort()).toEqual(nodes);
				for (const { description } of lines) {
					expect(description).toMatch(/^Generate(, edit and analyze| and edit) images /);
				}
			});
		},
	);

	test('and the list shows it', async () => {
		await stage.editor.searchAnew('generate image', 'EvoLink');
		await stage.editor.keepScreenshot(`search-generate-image${isNext ? '-next' : ''}`);
	});
});
