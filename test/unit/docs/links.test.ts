// Every link in our pages leads to a file, an image or a heading that is there.
import { allPages, anchorsIn, linksIn, whatIsWrong } from './pages';

test('links are found and judged', () => {
	expect(linksIn('README.md').map(({ target }) => target)).toEqual(
		expect.arrayContaining([
			'docs/ways-of-waiting.md',
			expect.stringMatching(/^docs\/images\/.+\.png$/),
			'#which-node',
		]),
	);
	expect(anchorsIn('README.md')).toContain('your-first-image-in-your-own-n8n');
	expect(whatIsWrong('README.md', 'docs/evolink.md#image-generate-and-edit-made-up')).toContain(
		'no heading',
	);
	expect(whatIsWrong('docs/evolink.md', 'made-up.md')).toBe('there is no docs/made-up.md');
	expect(whatIsWrong('docs/evolink.md', '../README.md#which-node')).toBeUndefined();
});

test.each(allPages())('%s has no link that leads nowhere', (page) => {
	const broken = linksIn(page).flatMap(({ target, line }) => {
		const wrong = whatIsWrong(page, target);
		return wrong === undefined ? [] : [`${page}:${line}: (${target}): ${wrong}`];
	});
	expect(broken).toEqual([]);
});
