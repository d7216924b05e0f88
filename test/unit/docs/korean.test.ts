// A Korean page says what its English one says: the same headings in number and order, the same pictures and examples. So a
// page that has grown in English only is noticed.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { allPages, linksIn, ROOT } from './pages';

const FOLDER = 'docs/ko/';

const pairs = allPages()
	.filter((page) => page.startsWith(FOLDER))
	.map((page) => [page, `docs/${page.slice(FOLDER.length)}`] as const)
	.filter(([, english]) => existsSync(path.join(ROOT, english)));

/** The marks of a page's headings, such as ## for a second level. */
function levelsOf(page: string): string[] {
	const text = readFileSync(path.join(ROOT, page), 'utf8').replace(/^```[^]*?^```/gm, '');
	return [...text.matchAll(/^(#{1,6}) /gm)].map(([, marks]) => marks!);
}

function filesOf(page: string): string[] {
	return linksIn(page)
		.map(({ target }) => target)
		.filter((target) => /\.(?:png|json|csv)$/.test(target))
		.map((target) => path.posix.join(path.posix.dirname(page), target));
}

test('the ways of waiting and the messages are there in Korean', () => {
	expect(pairs.map(([page]) => page)).toEqual(
		expect.arrayContaining(['docs/ko/troubleshooting.md', 'docs/ko/ways-of-waiting.md']),
	);
});

test('every story is there in Korean', () => {
	const stories = allPages().filter((page) => page.startsWith('docs/stories/'));
	const translated = new Set<string>(pairs.map(([, english]) => english));
	expect(stories.filter((page) => !translated.has(page))).toEqual([]);
});

test.each(pairs)('%s has the headings, pictures and examples of %s', (korean, english) => {
	expect(levelsOf(korean)).toEqual(levelsOf(english));
	expect(filesOf(korean)).toEqual(filesOf(english));
});

test.each(pairs)('%s and %s lead to each other', (korean, english) => {
	const leadsTo = (from: string, to: string) =>
		linksIn(from).some(
			({ target }) => path.posix.join(path.posix.dirname(from), target.split('#')[0]!) === to,
		);
	expect([leadsTo(korean, english), leadsTo(english, korean)]).toEqual([true, true]);
});
