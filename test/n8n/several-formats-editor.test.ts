// Several Formats as a person meets it: chosen under Size, with its fields behind it, and the reason where they can't show the same picture.
import { withEditor } from './support/stage';

const stage = withEditor();

test.each([
	['EvoLink', 'Generate an image with EvoLink', true],
	['Image Chat', 'Generate an image with Image Chat', false],
])('%s offers it under Size', async (node, action, hasWaits) => {
	await stage.editor.openNewWorkflow();
	await stage.editor.addNode(node, action);
	await stage.editor.choose('size', 'Several Formats…');
	await stage.editor.expectFields(['Formats', 'Own Formats', 'Same Picture in All Formats']);
	const name = node.toLowerCase().replace(' ', '-');
	await stage.editor.keepScreenshot(`several-formats-${name}`);
	if (!hasWaits) return;
	await stage.editor.choose('completion', "Don't Wait");
	await stage.editor.panel.getByText('Here each format is drawn anew', { exact: false }).waitFor();
	expect(await stage.editor.parameter('keepMotif').count()).toBe(0);
	await stage.editor.keepScreenshot(`several-formats-${name}-not-waiting`);
});
