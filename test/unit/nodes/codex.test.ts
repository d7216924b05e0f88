// What n8n's search and its Docs button know of each node: the words by which it is found, and its own page.
import { existsSync, readFileSync } from 'fs';
import path from 'path';

import manifest from '../../../package.json';

interface Codex {
	node: string;
	alias: string[];
	resources: { primaryDocumentation: Array<{ url: string }> };
}

const ROOT = path.join(__dirname, '../../..');
const REPOSITORY = manifest.repository.url.replace(/^git\+|\.git$/g, '');

const codexOf = (built: string): Codex => {
	const file = built.replace(/^dist\//, '').replace(/\.js$/, '.json');
	return JSON.parse(readFileSync(path.join(ROOT, file), 'utf8')) as Codex;
};

test.each(manifest.n8n.nodes)('the Docs button of %s leads to a page of its own', (built) => {
	const [page, ...others] = codexOf(built).resources.primaryDocumentation;
	expect(others).toEqual([]);
	const base = `${REPOSITORY}/blob/main/`;
	expect(page!.url.startsWith(base)).toBe(true);
	const file = page!.url.slice(base.length);
	expect(existsSync(path.join(ROOT, file))).toBe(true);
	expect(file.endsWith('-trigger.md')).toBe(built.endsWith('Trigger.node.js'));
});

/** What people type in n8n's panel, and the nodes that do it. */
const EVERY = ['CoreToday', 'EvoLink', 'Fal', 'ImageChat', 'OpenAiImages'];
test.each([
	['image', EVERY],
	['picture', EVERY],
	['photo', EVERY],
	['product photo', EVERY],
	['logo', EVERY],
	['generate image', EVERY],
	['gpt-image', EVERY],
	['dall-e', ['OpenAiImages']],
	['flux', ['CoreToday', 'Fal', 'ImageChat']],
	['nano banana', ['EvoLink', 'Fal', 'ImageChat']],
	['upscale', ['Fal']],
	['alt text', ['OpenAiImages']],
])('"%s" finds %j', (typed, nodes) => {
	const found = manifest.n8n.nodes.filter((built) => codexOf(built).alias.includes(typed));
	expect(found.map((built) => path.basename(built, '.node.js'))).toEqual(nodes);
});

test('no two nodes have the same page', () => {
	const pages = manifest.n8n.nodes.map(
		(built) => codexOf(built).resources.primaryDocumentation[0]!.url,
	);
	expect(new Set(pages).size).toBe(pages.length);
});
