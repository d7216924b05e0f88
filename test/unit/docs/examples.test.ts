// The page of the examples: none is missing on it, and a story that has a page is led to.
import { readdirSync } from 'node:fs';
import { linksIn } from './pages';

const targets = linksIn('docs/examples.md').map(({ target }) => target);

test.each(readdirSync('examples').filter((name) => name.endsWith('.json')))('%s', (name) => {
	expect(targets).toContain(`../examples/${name}`);
});

test.each(readdirSync('docs/stories'))('%s', (page) => {
	expect(targets).toContain(`stories/${page}`);
});
