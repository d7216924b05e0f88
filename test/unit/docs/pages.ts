// The pages of the project that people read, and what in them can be linked to.
import { existsSync, globSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';

export const ROOT = path.join(__dirname, '../../..');

export interface Link {
	/** As it is written. */
	target: string;
	line: number;
}

/** From the root, with slashes. */
export function allPages(): string[] {
	return [
		...globSync('*.md', { cwd: ROOT }),
		...globSync('docs/**/*.md', { cwd: ROOT }),
	].toSorted();
}

/** A page's text, with the places that hold code left empty. */
export function textOf(page: string): string {
	return readFileSync(path.join(ROOT, page), 'utf8')
		.replace(/^```[^]*?^```/gm, (block) => block.replace(/[^\n]/g, ''))
		.replace(/`[^`\n]+`/g, '');
}

/** Those that lead to a file or heading of ours. */
export function linksIn(page: string): Link[] {
	return textOf(page)
		.split('\n')
		.flatMap((text, index) =>
			[...text.matchAll(/\]\(([^)\s]+)\)|(?:src|href)="([^"]+)"/g)].map(([, link, inHtml]) => ({
				target: (link ?? inHtml)!,
				line: index + 1,
			})),
		)
		.filter(({ target }) => !/^[a-z]+:/i.test(target));
}

/** Why a link leads nowhere; undefined where it leads somewhere. */
export function whatIsWrong(page: string, target: string): string | undefined {
	const [file, anchor] = target.split('#', 2) as [string, string | undefined];
	const found = file === '' ? page : path.posix.join(path.posix.dirname(page), decodeURI(file));
	if (found.startsWith('..') || !existsSync(path.join(ROOT, found))) return `there is no ${found}`;
	if (anchor === undefined || anchor === '') return undefined;
	if (!found.endsWith('.md') || statSync(path.join(ROOT, found)).isDirectory()) {
		return `${found} has no headings`;
	}
	const anchors = anchorsIn(found);
	return anchors.includes(decodeURI(anchor))
		? undefined
		: `${found} has no heading #${decodeURI(anchor)}, only ${anchors.map((each) => `#${each}`).join(', ')}`;
}

/** As GitHub makes them of the headings. */
export function anchorsIn(page: string): string[] {
	const before = new Map<string, number>();
	const lines = readFileSync(path.join(ROOT, page), 'utf8').replace(/^```[^]*?^```/gm, '');
	return [...lines.matchAll(/^#{1,6} +(.+?)(?: +#*)?$/gm)].map(([, heading]) => {
		const anchor = heading!
			.replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
			.toLowerCase()
			.replace(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, '')
			.replaceAll(' ', '-');
		const earlier = before.get(anchor) ?? 0;
		before.set(anchor, earlier + 1);
		return earlier === 0 ? anchor : `${anchor}-${earlier}`;
	});
}
